#!/bin/sh
# Starts the offline registry, containerd and dockerd, then waits; when the engine ends, says so and keeps the sandbox,
# so that whoever asks can see that it was ended from within.
export PATH=/opt/lab/bin:$PATH SSL_CERT_FILE=/opt/lab/tls/ca.pem # bin/runc is our wrapper; the hub is our registry
data=/var/lib/docker
echo $$ >/run/lab.pid
ip link set lo up
mkdir -p /run/docker /run/containerd /run/nginx /tmp/registry /home/lab/work
cd /home/lab/work || exit 1

if [ -f /opt/lab/seed.tar ]; then
    tar -C $data --xattrs --xattrs-include='*' --numeric-owner -xf /opt/lab/seed.tar # images, as a ready data-root
    tar -C /tmp/registry -xzf /opt/lab/registry.tgz
fi
docker-registry serve /opt/lab/registry.yml >/dev/null 2>&1 &
nginx -c /opt/lab/nginx.conf >/dev/null 2>&1 &

# containerd goes first: dockerd would wait a whole second for one that it starts itself.
containerd -c /opt/lab/containerd.toml -l error >/run/containerd.log 2>&1 &
while [ ! -S /run/containerd/containerd.sock ]; do sleep 0.01; done
dockerd --rootless --containerd /run/containerd/containerd.sock -H unix:///run/docker.sock \
    --data-root $data --exec-root /run/docker --pidfile /run/docker.pid \
    --insecure-registry dl.dockerpool.com:5000 --log-opt max-size=1m --log-opt max-file=1 >/run/dockerd.log 2>&1 &
wait $!
echo "engine ended with status $?"
wait # for the others, so that none stays a zombie
exec sleep infinity
