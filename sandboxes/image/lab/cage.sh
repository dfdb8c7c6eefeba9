#!/bin/sh
# Limits what the kernel counts for each user and all sandboxes share, then starts the engine in a user namespace below,
# from which these limits cannot be raised.
cd /proc/sys/user || exit 1
limit() { [ ! -e "$1" ] || echo "$2" >"$1"; }
limit max_user_namespaces 8
for kind in net mnt pid ipc uts cgroup time; do limit max_${kind}_namespaces 256; done
limit max_inotify_instances 16
limit max_inotify_watches 4096
limit max_fanotify_groups 4
limit max_fanotify_marks 256

# The namespace below gets its users from here, as its own root may only map itself: the same ones, each to itself.
# The kernel takes a map in one piece, so it is written by one program that does not write line by line.
mkfifo /run/mapped
unshare --user --mount --net sh -c 'read -r _ </run/mapped && rm /run/mapped && exec /opt/lab/engine.sh' &
while [ "$(readlink /proc/$!/ns/user)" = "$(readlink /proc/self/ns/user)" ]; do sleep 0.01; done
for map in uid_map gid_map; do
    awk '{ same = same $1 " " $1 " " $3 "\n" } END { printf "%s", same }' /proc/self/$map >/proc/$!/$map || exit 1
done
echo >/run/mapped
wait $!
