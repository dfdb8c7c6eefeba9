#!/bin/sh
# Starts containerd and dockerd, and ends when the engine does.
export PATH=/opt/lab/bin:$PATH SSL_CERT_FILE=/opt/lab/tls/ca.pem # bin/runc is our wrapper; the hub is our registry
data=/var/lib/docker
echo $$ >/run/lab.pid
mkdir -p /run/docker /run/containerd /home/lab/work

# containerd goes first: dockerd would wait a whole second for one that it starts itself.
containerd -c /opt/lab/containerd.toml -l error >/run/containerd.log 2>&1 &
# The images, as a ready data-root.
[ ! -f /opt/lab/seed.tar ] || tar -C $data --xattrs --xattrs-include='*' --numeric-owner -xf /opt/lab/seed.tar
ip link set lo up
# The engine's firewall rules would take a third of the boot, and one thing of them shows in here: they keep the engine's
# networks apart. Networks between which nothing is forwarded are as far apart. The engine wants to see forwarding on; each
# bridge takes its own setting from the default. For IPv6 there is one setting for all, which the engine leaves off.
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 0 >/proc/sys/net/ipv4/conf/default/forwarding
cd /home/lab/work || exit 1

while [ ! -S /run/containerd/containerd.sock ]; do sleep 0.01; done
dockerd --rootless --containerd /run/containerd/containerd.sock -H unix:///run/docker.sock \
    --data-root $data --exec-root /run/docker --pidfile /run/docker.pid --iptables=false --ip-forward=false \
    --insecure-registry dl.dockerpool.com:5000 --log-opt max-size=1m --log-opt max-file=1 >/run/dockerd.log 2>&1 &
wait $!
