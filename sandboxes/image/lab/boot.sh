#!/bin/sh
# boot.sh SECONDS USERS: the sandbox's first command (under tini). It lives so long at most, even if nobody ever removes it.
# The engine runs as root of a user namespace of its own, whose 65536 users are those from USERS on outside; the user of
# this script is not among them (sandboxes/users.py).
exec timeout "$1" unshare --user --map-users "0:$2:65536" --map-groups "0:$2:65536" --setuid 0 --setgid 0 --mount \
    /opt/lab/cage.sh
