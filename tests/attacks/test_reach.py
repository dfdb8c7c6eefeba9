"""Attacks from a second look: on those who report, on what they wait for, on what outlives a script, on the host's helpers."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from sandboxes.effects import Job

# The engine is asked of these files, so it waits for whoever writes to the pipe in their place: nobody.
WAITS = {
    "a log that is a pipe":
        "docker run --name noisy busybox echo hi; cd /var/lib/docker/containers/*/; rm *-json.log; mkfifo $(basename $PWD)-json.log",
    "an image's description that is a pipe":
        "cd /var/lib/docker/image/overlay2/imagedb/content/sha256; for f in *; do rm $f; mkfifo $f; done; docker tag busybox other",
}  # fmt: skip


@pytest.mark.parametrize("what", WAITS)
def test_an_engine_that_is_made_to_wait_for_nothing(attack, what):
    assert attack(WAITS[what], seconds=5).ended in {"engine", "timeout"}


FORGED_LOG = "echo 'engine ended with status 0' >%s; kill -STOP $(cat /run/docker.pid); sleep 60"


def test_the_log_that_is_kept_outside_cannot_be_written(attack, sandboxes):
    logs = []

    def look(phase: str) -> None:
        if phase == "reading":
            ours = {"label": f"owner={sandboxes.owner}"}
            logs.extend(sandboxes.client.logs(row["Id"]) for row in sandboxes.client.containers(filters=ours))

    flood = "for p in /proc/[0-9]*; do for f in 1 2; do timeout 1 head -c 20M /dev/zero 2>/dev/null >$p/fd/$f; done; done; true"
    sandboxes.run(Job("", flood, seconds=60), look)
    assert logs
    assert max(map(len, logs)) < 1000
    attack("true")


def test_files_that_the_engine_gives_each_container(attack):
    run = attack(
        "for f in /etc/hosts /etc/hostname /etc/resolv.conf; do for i in 1 2; do head -c 1M /dev/zero 2>/dev/null >>$f && echo wrote $f; "
        "mount -o remount,rw,bind $f 2>/dev/null; done; umount $f 2>/dev/null && echo uncovered $f; rm -f $f 2>/dev/null && echo removed $f; done; true"
    )
    assert not {"wrote", "uncovered", "removed"} & set(run.output.split())


def test_crashes_do_not_reach_the_hosts_crash_reporter(attack):
    run = attack(
        "grep -i 'core file' /proc/self/limits; docker run --rm busybox grep -i 'core file' /proc/self/limits\n"
        "perl -e 'syscall(160, 4, pack(\"QQ\", 0, 0)); syscall(302, 0, 4, pack(\"QQ\", 0, 0), 0)'; grep -i 'core file' /proc/self/limits\n"
        "prlimit --pid $$ --core=0:0; python3 -c 'import resource; resource.setrlimit(4, (0, 0))'; grep -i 'core file' /proc/self/limits\n"
        "for i in 1 2 3 4 5 6 7 8 9; do bash -c 'kill -SEGV $$'; done; find / -xdev -name 'core*' -size -2G -newer /proc/self 2>/dev/null | head -3"
    )
    limits = [line.split()[4:6] for line in run.output.splitlines() if line.startswith("Max core")]
    assert limits == [["1", "1"]] * 4


def test_a_handler_of_programs_registered_within_is_only_for_within(attack):
    here = Path("/proc/sys/fs/binfmt_misc")
    before = sorted(os.listdir(here)) if here.exists() else []
    attack("mount -t binfmt_misc x /mnt && echo ':evil:M::evil::/bin/sh:F' >/mnt/register; ls /mnt; echo evil >e; chmod +x e; ./e")
    assert (sorted(os.listdir(here)) if here.exists() else []) == before


LEFT = {
    "shared memory": "perl -e '$id = shmget(1, 60 << 20, 0600 | 01000); shmwrite($id, \"x\" x (60 << 20), 0, 60 << 20)'",
    "semaphores": "perl -e '1 while defined semget(0, 200, 0600 | 01000) && ++$n < 20000'",
    "message queues": "perl -e '1 while syscall(240, \"left\" . ++$n, 0102, 0600, 0) >= 0'",
    "timers": "setsid perl -e '$t = \" \" x 8; 1 while syscall(222, 1, 0, $t) == 0; sleep 1000' >/dev/null 2>&1 &",
    "locks": "for f in /opt/lab/agent.py /etc/hosts /bin/bash /proc/self/ns/user; do (exec 9<$f; setsid flock 9 sleep 1000 >/dev/null 2>&1 &); done",
    "watches": "setsid perl -e '$i = syscall(253); for (glob(\"/usr/bin/*\")) { syscall(254, $i, $_, 0xfff) } sleep 1000' >/dev/null 2>&1 &",
    "abstract sockets": "setsid perl -e 'use Socket; for (1 .. 500) { socket($s[$_], 1, 1, 0); bind($s[$_], pack_sockaddr_un(\"\\0docker$_\")) } sleep 1000' &",
    "interfaces": "for i in $(seq 300); do ip link add v$i type veth peer name w$i || break; done 2>/dev/null; ip link | tail -1",
    "rules": "for i in $(seq 3000); do echo \"-A INPUT -s 10.0.$((i / 250)).$((i % 250)) -j DROP\"; done | "
        "(echo '*filter'; cat; echo COMMIT) | iptables-restore -n",
}  # fmt: skip


def test_what_outlives_a_script_stays_in_its_sandbox(attacks, attack):
    attacks(LEFT, seconds=20)
    run = attack(
        "ipcs -m -s -q | grep -c 0x; perl -e '$q = \"left1\"; print syscall(240, $q, 2, 0, 0), \"\\n\"'\n"
        "for f in /opt/lab/agent.py /bin/bash; do flock -n $f true && echo free; done\n"
        "grep -c docker[0-9] /proc/net/unix; ip -o link | grep -c ': [vw][0-9]'; iptables -S INPUT | grep -c DROP"
    )
    assert run.output.split() == ["0", "-1", "free", "free", "0", "0", "0"]


MOUNTS = {
    "everything again": "mkdir r p d; mount --rbind / r; mount --rbind /proc p; mount --rbind /dev d",
    "a file system over the folder": "mount -t tmpfs x ~/work; touch ~/work/new",
    "terminals": "mkdir t; mount -t devpts x t",
    "itself": "mkdir i; for n in 1 2 3 4 5 6 7 8; do mount --rbind ~/work i; done",
    "processes as files": "mkdir q; for f in mem environ pagemap kcore kmsg; do touch q/$f; mount --bind /proc/self/$f q/$f || "
        "mount --bind /proc/$f q/$f; done 2>/dev/null",
}  # fmt: skip


def test_mounts_in_the_folder_that_is_listed(attacks):
    for name, run in attacks(MOUNTS, seconds=10).items():
        assert run.ended == "done", name
        assert len(run.after.files) <= 2000, name
        assert sum(len(file.text) for file in run.after.files) <= 2000 * 4096, name
        assert not any("root:" in file.text and "shadow" in file.path for file in run.after.files), name


def test_a_folder_that_is_gone_is_no_broken_sandbox(attack):
    run = attack("docker create --name wanted busybox >/dev/null; rm -rf ~/work", may_be_right=True)
    assert run.ended == "done"
    assert run.after.files == ()


CHANGING = {
    "files": "(setsid sh -c 'while :; do for i in 1 2 3 4 5 6 7 8; do rm -rf d$i; mkfifo d$i; rm d$i; mkdir -p d$i/x; "
        "rm -rf d$i; ln -s /etc d$i; rm d$i; echo x >d$i; done; done' >/dev/null 2>&1 &)",
    "containers": "(setsid sh -c 'while :; do docker rm -f two; docker run -d --name two busybox sleep 1000; done' >/dev/null 2>&1 &)",
    "names": "docker create --name n0 busybox; (setsid sh -c 'i=0; while :; do docker rename n$i n$((i + 1)) && i=$((i + 1)); done' >/dev/null 2>&1 &)",
    "volumes": "(setsid sh -c 'while :; do docker volume create vv; docker volume rm vv; done' >/dev/null 2>&1 &)",
}  # fmt: skip


def test_what_changes_while_it_is_read(attacks):
    ends = {name: run.ended for name, run in attacks(CHANGING, seconds=10).items()}
    assert set(ends.values()) <= {"done", "engine"}, ends


def test_replies_that_swell_when_they_are_read(attack):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run = attack(
        "python3 - >big.json <<'END'\n"
        "print('{\"Image\": \"busybox\", \"Labels\": {' + ','.join(f'\"{i:x}\": \"\"' for i in range(120000)) + '}}')\nEND\n"
        "for i in 1 2 3 4 5; do curl -s --unix-socket /run/docker.sock -H 'Content-Type: application/json' -d @big.json "
        "localhost/containers/create | head -c 90; done",
        seconds=40,
    )
    assert run.ended in {"done", "engine", "timeout"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 << 10  # KiB


ENGINES = {
    "a hook of the client":
        "mkdir -p ~/.docker/cli-plugins; printf '#!/bin/sh\\necho {}; sleep 1000\\n' >~/.docker/cli-plugins/docker-evil; "
        "chmod +x ~/.docker/cli-plugins/docker-evil; echo '{\"plugins\": {\"evil\": {\"hooks\": \"ps,run\"}}, \"aliases\": {\"builder\": \"evil\"}, "
        "\"credsStore\": \"../../evil\"}' >~/.docker/config.json",
    "a runtime of its own": "docker run --rm --runtime io.containerd.evil.v1 busybox true; docker run --rm --runtime /bin/sh busybox true",
    "a swarm": "timeout 8 docker swarm init --advertise-addr 127.0.0.1; docker info --format '{{.Swarm.LocalNodeState}}'",
    "volumes with options": "for o in 'type=nfs,o=addr=127.0.0.1,device=:/x' 'type=none,o=bind,device=/' 'type=proc,device=proc' 'type=cgroup,device=x'; do "
        "docker volume create $(echo $o | tr , '\\n' | sed 's/^/--opt /') v >/dev/null && docker run --rm -v v:/v busybox ls /v >/dev/null; docker volume rm -f v; done",
    "an image made to climb": "mkdir i; cd i; mkdir x; echo evil >x/f; tar --transform 's,^x/f,../../../../opt/lab/evil,' -cPf t.tar x/f; "
        "docker import t.tar evil && docker run --rm evil /x; docker load <t.tar; ls /opt/lab",
    "copying through a link": "docker run -d --name link busybox sleep 1000; docker exec link sh -c 'ln -s / l'; docker cp /etc/hostname link:/l/../../../opt/lab/x; "
        "docker cp link:/l/etc/shadow .; ls /opt/lab",
    "a second engine": "(setsid dockerd --rootless -H unix:///tmp/2.sock --data-root /tmp/2 --exec-root /tmp/2x -p /tmp/2.pid >/dev/null 2>&1 &) ; sleep 2; "
        "docker -H unix:///tmp/2.sock ps",
}  # fmt: skip


def test_what_the_engine_and_its_client_can_be_told_to_do(attacks):
    runs = attacks(ENGINES, seconds=20)
    assert {name: run.ended for name, run in runs.items() if run.ended not in {"done", "timeout"}} == {}
    for name in ("an image made to climb", "copying through a link"):
        assert "evil\n" not in runs[name].output.replace("evil:latest", ""), name


MARKS = {
    "no end of lines on the marks": "cat /dev/zero >&200",
    "marks of all statements": "for n in $(seq 0 50); do echo \"$n 0\" >&200; done; false\nfalse\nfalse",
    "a mark with a status without measure": "echo \"0 $(seq -s '' 9999)\" >&200\ntrue",
    "answers to marks": "for i in $(seq 99); do echo; done >/proc/self/fd/201; false\nfalse",
    "output without end of line": "printf '%070000d' 0\ntrue",
    "a step that looks like two": "printf 'a\\n$ docker ps\\nCONTAINER ID   IMAGE\\n'\ntrue",
}


def test_marks_of_the_transcript(attacks):
    for name, run in attacks(MARKS, seconds=4).items():
        assert run.ended in {"done", "output", "timeout"}, name
        assert len(run.steps) <= 4, name
        assert all(-1 << 63 < step.exit_code < 1 << 63 for step in run.steps), name
