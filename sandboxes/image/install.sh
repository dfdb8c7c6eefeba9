#!/bin/sh
# Runs once as root in a plain container of Debian trixie: makes it the sandbox's file system but for our own files.
# What it needs lies in /recipe.
# Standard output is shown to the operator, one line for each stage.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

stage() { echo "stage: $*"; }
quietly() { "$@" >/tmp/log 2>&1 || { status=$?; tail -n 20 /tmp/log >&2; exit $status; }; }

# Documentation and translations are never unpacked; what is dropped here is never downloaded twice.
cat >/etc/dpkg/dpkg.cfg.d/small <<'END'
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/lintian/*
path-exclude=/usr/share/bash-completion/*
path-exclude=/usr/share/zsh/*
path-exclude=/usr/share/fish/*
path-exclude=/usr/share/perl/*/unicore/*
END
[ ! -s /recipe/apt.conf ] || cp /recipe/apt.conf /etc/apt/apt.conf.d/90build
[ ! -s /recipe/sources.list ] || { rm -f /etc/apt/sources.list.d/*; cp /recipe/sources.list /etc/apt/sources.list; }

stage "fetching the package lists"
quietly apt-get update -q
stage "installing the engine and its tools"
quietly apt-get install -y -q --no-install-recommends \
    docker.io docker-cli docker-buildx containerd runc iptables iproute2 procps tini uidmap util-linux \
    docker-registry nginx-light python3-minimal busybox-static bash-static openssl curl libcap2-bin \
    bzip2 xz-utils zip unzip psmisc tree libpcre2-8-0

stage "adding git"
# Git's own package would bring all of Perl and its network helpers: only the program itself and its shell scripts are
# taken, and no sample hooks. A message that nobody writes is taken as it is proposed, because no editor is here.
mkdir /tmp/git
(cd /tmp && quietly apt-get download -q git && dpkg-deb -x git_*.deb /tmp/git)
mkdir -p /usr/lib/git-core /usr/share/git-core/templates/info
cp -P /tmp/git/usr/bin/git /tmp/git/usr/bin/git-receive-pack /tmp/git/usr/bin/git-upload-pack /usr/bin/
for part in /tmp/git/usr/lib/git-core/git-*; do
    if [ -L "$part" ] || head -c 2 "$part" | grep -q '#!'; then cp -P "$part" /usr/lib/git-core/; fi
done
ln -sf ../../bin/git /usr/lib/git-core/git
rm -f /usr/lib/git-core/git-remote-* /usr/lib/git-core/git-*-http* /tmp/git_*.deb
printf '%s\n' '[user]' 'name = Lab' 'email = lab@example.com' '[init]' 'defaultBranch = main' '[core]' \
    'editor = true' '[advice]' 'detachedHead = false' '[maintenance]' 'auto = false' >/etc/gitconfig

stage "setting up the user and the folders"
useradd --create-home --uid 1000 --shell /bin/bash lab
echo 'lab:100000:65536' >/etc/subuid
cp /etc/subuid /etc/subgid
mkdir -p /var/lib/docker /opt/lab/tls /opt/lab/bin /opt/stand-ins
cp /bin/busybox /opt/stand-ins/busybox
cp "$(command -v bash-static)" /opt/stand-ins/bash
# The sandbox's own registry answers under the public hub's names, so it needs a certificate that its engine trusts.
quietly openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7300 -subj /CN=sandbox \
    -keyout /opt/lab/tls/key.pem -out /opt/lab/tls/ca.pem -addext "subjectAltName=$(paste -sd, /recipe/hub-names |
    sed 's/[^,]*/DNS:&/g')"
chmod 644 /opt/lab/tls/*

stage "removing what a sandbox never needs"
quietly apt-get purge -y --allow-remove-essential --auto-remove openssl bash-static
python3 -m compileall -q /usr/lib/python3* >/dev/null 2>&1 || true
rm -rf /usr/bin/ctr /usr/bin/containerd-stress /usr/bin/containerd-shim /usr/bin/containerd-shim-runc-v1 \
    /usr/lib/udev /usr/share/docker* /etc/init.d /etc/rc?.d /lib/systemd/system /usr/share/python3 \
    /usr/share/zoneinfo /usr/share/common-licenses /usr/share/man /usr/share/doc /usr/share/info /usr/share/locale \
    /var/lib/apt/lists/* /var/cache/apt /var/cache/debconf /var/log/* /etc/apt/apt.conf.d/90build /tmp/* /recipe
mkdir -p /var/cache/apt/archives/partial

# No process may become root here: file capabilities of two helpers take the place of every setuid bit.
find / -xdev -type f -perm /6000 -exec chmod ug-s {} +
setcap cap_setuid=ep /usr/bin/newuidmap
setcap cap_setgid=ep /usr/bin/newgidmap
stage "packing the image"
