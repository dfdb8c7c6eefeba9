#!/bin/sh
# Starts the offline registry, containerd and dockerd, and ends when the engine does.
export PATH=/opt/lab/bin:$PATH SSL_CERT_FILE=/opt/lab/tls/ca.pem # bin/runc is our wrapper; the hub is our registry
data=/var/lib/docker
echo $$ >/run/lab.pid
mkdir -p /run/docker /run/containerd /run/nginx /tmp/registry /home/lab/work

# containerd goes first: dockerd would wait a whole second for one that it starts itself.
containerd -c /opt/lab/containerd.toml -l error >/run/containerd.log 2>&1 &
ip link set lo up
cd /home/lab/work || exit 1
[ ! -f /opt/lab/registry.tgz ] || tar -C /tmp/registry -xzf /opt/lab/registry.tgz
docker-registry serve /opt/lab/registry.yml >/dev/null 2>&1 &
nginx -c /opt/lab/nginx.conf >/dev/null 2>&1 &
# The images, as a ready data-root.
[ ! -f /opt/lab/seed.tar ] || tar -C $data --xattrs --xattrs-include='*' --numeric-owner -xf /opt/lab/seed.tar

while [ ! -S /run/containerd/containerd.sock ]; do sleep 0.01; done
dockerd --rootless --containerd /run/containerd/containerd.sock -H unix:///run/docker.sock \
    --data-root $data --exec-root /run/docker --pidfile /run/docker.pid \
    --insecure-registry dl.dockerpool.com:5000 --log-opt max-size=1m --log-opt max-file=1 >/run/dockerd.log 2>&1 &
wait $!
