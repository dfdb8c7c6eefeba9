#!/bin/sh
# The sandbox's first command (under tini): lives at most $LIFETIME seconds, even if nobody ever removes it.
# The engine runs as root of a user namespace of its own; outside of that it is the unprivileged user 1000.
exec timeout "${LIFETIME:-1800}" unshare --user --map-auto --map-root-user /opt/lab/cage.sh
