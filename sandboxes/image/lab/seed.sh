#!/bin/sh
# Runs inside a sandbox that has no images yet: builds the stand-ins, fills the registry, stops the engine cleanly and
# packs both to standard output as one tar of seed.tar and registry.tgz.
set -eu
exec 3>&1 >&2
/opt/lab/hub.sh 3>&- # else what goes on would keep our output open
cp -r /opt/stand-ins /tmp/stand-ins
cd /tmp/stand-ins
# One line a stand-in: target in the Dockerfile, then its names. The public hub has official images below library/,
# a private registry has them at its top: ours is both.
publish() { docker tag "$1" "localhost:5000/$2" && docker push -q "localhost:5000/$2" >/dev/null; }
while read -r target names; do
    docker build -q --target "$target" -t "${names%% *}" . >/dev/null
    for name in $names; do
        [ "$name" = "${names%% *}" ] || docker tag "${names%% *}" "$name"
        publish "$name" "$name"
        case $name in */*) ;; *) publish "$name" "library/$name" ;; esac
    done
done <names
docker images --format '{{.Repository}}:{{.Tag}}' | grep '^localhost:5000/' | xargs docker rmi >/dev/null
docker builder prune -af >/dev/null
kill -TERM "$(cat /run/docker.pid)"
while [ -e /run/docker.pid ]; do sleep 0.1; done
pkill -TERM -x containerd || true
while pgrep -x containerd >/dev/null; do sleep 0.1; done
cd /var/lib/docker
rm -rf network/files/* containerd buildkit tmp runtimes containers/*
mkdir /tmp/seed
tar --xattrs --xattrs-include='*' --numeric-owner -cf /tmp/seed/seed.tar .
tar -C /tmp/registry -czf /tmp/seed/registry.tgz .
tar -C /tmp/seed -cf - seed.tar registry.tgz >&3
