"""Attacks on what there is little of: processes, memory, disk, inodes, output, time, and what the kernel counts per user."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sandboxes.effects import Job

FULL = "No space left on device"
#: bytes that an attack may write on the host's disk: its log, and what others write meanwhile
LITTLE = 1 << 30

FORKS = {
    "in the shell": "bomb() { bomb | bomb & }; bomb; sleep 30",
    "in a container": "docker run -d busybox sh -c 'bomb() { bomb | bomb & }; bomb; sleep 30'; sleep 30",
    "in a session of its own": "for i in $(seq 2000); do setsid sleep 1000 & done 2>/dev/null; sleep 30",
    "by two parents, one of which is gone": "for i in $(seq 300); do (setsid nohup sleep 1000 >/dev/null 2>&1 &) ; done; sleep 30",
    "by containers that start again": "for i in 1 2 3 4 5; do docker run -d --restart always busybox false; done; sleep 30",
}


def test_fork_bombs(attacks):
    ends = {name: run.ended for name, run in attacks(FORKS, seconds=3).items()}
    assert set(ends.values()) <= {"timeout", "output", "engine"}, ends


MEMORY = {
    "in the shell": "x=$(head -c 1G /dev/zero | tr '\\0' x); echo survived ${#x}",
    "in a container": "docker run --rm ubuntu bash -c 'x=$(head -c 1000000000 /dev/zero | tr \"\\0\" x); echo survived'",
    "in a file system of its own": "mount -t tmpfs -o size=100g x /mnt && head -c 3G /dev/zero >/mnt/x && echo survived",
    "in a file system without a limit": "mount -t ramfs x /mnt && head -c 3G /dev/zero >/mnt/x && echo survived",
    "without limits of its own": "ulimit -v unlimited; python3 -c 'x = bytearray(3 << 30); print(\"survived\")'",
    "in shared memory": "docker run --rm --shm-size 10g busybox sh -c 'dd if=/dev/zero of=/dev/shm/x bs=1M count=3000 && echo survived'",
}


def test_memory_bombs(attacks):
    assert [name for name, run in attacks(MEMORY, seconds=12).items() if "survived" in run.output.split()] == []


def test_disk_fill(attack):
    free = shutil.disk_usage("/").free
    folders = "/tmp ~/work /run /var/lib/docker /dev/shm / /usr /var/tmp /dev /etc /opt/lab"
    run = attack(f"for f in {folders}; do head -c 2000M /dev/zero >$f/big && echo survived; rm -f $f/big; done", seconds=20)
    assert "survived" not in run.output
    assert free - shutil.disk_usage("/").free < LITTLE


def test_disk_fill_by_a_container_and_a_volume(attack):
    run = attack("docker run --name filler -v v1:/v busybox dd if=/dev/zero of=/v/x bs=1M count=2000", seconds=30)
    assert FULL in run.output
    assert run.exit_code == 1


def test_disk_fill_while_an_image_is_built(attack):
    run = attack("printf 'FROM busybox\\nRUN head -c 2000M /dev/zero >/x\\n' | docker build -q -", seconds=30)
    assert run.exit_code != 0 or run.ended != "done"


def test_inode_bomb(attacks):
    bombs = {folder: f"mkdir {folder}/many && cd {folder}/many && seq 80000 | xargs touch 2>&1 | head -1" for folder in ("/tmp", "~/work")}
    assert [folder for folder, run in attacks(bombs, seconds=30).items() if FULL not in run.output] == []


OUTPUTS = {"lines": "yes 'all work and no play'", "one line": "cat /dev/zero", "both streams": "yes & yes >&2", "the terminal": "yes >/dev/tty"}


def test_output_bombs(attacks):
    for name, run in attacks(OUTPUTS, seconds=4).items():
        assert run.ended in {"output", "timeout"} or not run.output, name
        assert len(run.output) <= 64 * 1024, name


def test_log_bomb(attack):
    run = attack("docker run -d --name noisy busybox yes\nsleep 2\ndocker ps -q\ndf --output=pcent /var/lib/docker")
    assert run.ended == "done"
    assert int(run.steps[3].output.split()[-1].rstrip("%")) < 90
    assert all(len(log) <= 4096 for log in run.after.logs.values())


SPINS = {
    "in the shell": "for i in 1 2 3 4 5 6 7 8; do (while :; do :; done) & done; wait",
    "in containers": "for i in 1 2 3 4; do docker run -d busybox sh -c 'while :; do :; done'; done; sleep 60",
    "without end": "while :; do :; done",
}


def test_cpu_spin_on_more_than_its_share(attacks):
    ends = {name: run.ended for name, run in attacks(SPINS, seconds=3).items()}
    assert set(ends.values()) == {"timeout"}, ends


SLEEPS = {
    "deaf to signals": "trap '' TERM INT HUP QUIT\nsleep 1000",
    "in the background": "nohup setsid sleep 1000 >/dev/null 2>&1 &\nwait; sleep 1000",
    "waiting for input": "read -r _ </dev/tcp/127.0.0.1/5000",
    "waiting for a lock": "exec 9>lock; flock 9; flock lock sleep 1",
    "waiting for a container": "docker run -d --name sleeper busybox sleep 1000; docker wait sleeper",
    "following a log": "docker run -d --name sleeper busybox sleep 1000; docker logs -f sleeper",
    "reading events": "docker events",
    "stopped": "kill -STOP $$",
}


def test_sleeping_past_the_limit(attacks):
    ends = {name: run.ended for name, run in attacks(SLEEPS, seconds=2).items()}
    assert ends == dict.fromkeys(SLEEPS, "timeout")


def test_open_files_bomb(attack):
    run = attack('i=10; while eval "exec {fd}>/dev/null"; do ((++i > 100000)) && echo survived && break; done')
    assert "survived" not in run.output


def test_a_script_of_twenty_thousand_statements(attack):
    run = attack("true\n" * 20000, seconds=10)
    assert len(run.steps) <= 5000


def test_a_script_nested_without_measure(attack):
    run = attack("echo $(" * 3000 + ")" * 3000, seconds=5)
    assert len(run.output) <= 64 * 1024


COUNTED = {
    "network namespaces": "i=0; while ip netns add n$i 2>/dev/null; do i=$((i + 1)); ((i > 400)) && break; done; echo $i",
    "user namespaces": "perl -e '$n = 0; while (syscall(272, 0x10000000) == 0) { $n++ } print $n'",
    "user namespaces side by side":
        "for i in $(seq 60); do unshare --user sleep 20 2>/dev/null & done; sleep 1; pgrep -c -x sleep",
    "inotify instances": "perl -e '$n = 0; $n++ while syscall(253) >= 0; print $n'",
}  # fmt: skip
MOST = {"network namespaces": 256, "user namespaces": 8, "user namespaces side by side": 8, "inotify instances": 16}


def test_what_the_kernel_counts_for_each_user(attacks):
    raise_ = "for f in /proc/sys/user/*; do echo 100000 2>/dev/null >$f; done\n"
    runs = attacks({kind: raise_ + script for kind, script in COUNTED.items()}, seconds=30)
    counts = {kind: int(run.output.split()[-1]) for kind, run in runs.items() if run.ended == "done"}
    assert {kind: count for kind, count in counts.items() if count > MOST[kind]} == {}
    assert "inotify instances" in counts


#: What the kernel counts for each user, whoever's container it is in: how to use it up, and how to ask for one more.
HOGS = {
    "inotify instances": ("1 while syscall(253) >= 0", "syscall(253) >= 0"),
    "pipes of full size": (
        "while (pipe(my $r, my $w)) { push @k, $r, $w; last if fcntl($w, 1032, 0) < 65536 }",
        "pipe(R, W) && fcntl(W, 1032, 0) == 65536",
    ),
    "message queues": ("1 while syscall(240, 'q' . ++$n, 0102, 0600, 0) >= 0", "$q = 'q'; syscall(240, $q, 0102, 0600, 0) >= 0"),
    "timers": ("$t = ' ' x 8; 1 while syscall(222, 1, 0, $t) == 0 && ++$m < 200000", "$t = ' ' x 8; syscall(222, 1, 0, $t) == 0"),
}


def test_what_one_sandbox_uses_up_another_still_has(attack, sandboxes):
    used, enough = Event(), Event()

    def look(phase: str) -> None:
        if phase == "reading":  # its processes still live
            used.set()
            enough.wait(100)

    hog = f"cat >hog.pl <<'END'\n{'; '.join(using for using, _ in HOGS.values())}; print 1; close STDOUT; sleep 1000\nEND\n"
    probes = (f"cat >probe.pl <<'END'\nprint do {{ {one} }} ? 'had one' : qq(had none: $!)\nEND\nperl probe.pl" for _, one in HOGS.values())
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(sandboxes.run, Job("", hog + "mkfifo f; setsid perl hog.pl >f & read -r _ <f"), look)
        try:
            assert used.wait(100)
            run = attack("\n".join(probes))
            assert dict(zip(HOGS, run.output.split("had ")[1:], strict=True)) == dict.fromkeys(HOGS, "one")
        finally:
            enough.set()
        assert other.result().ended == "done"


def test_mounts_without_number(attack):
    run = attack("mkdir /tmp/m; while mount --rbind / /tmp/m; do :; done 2>&1; sleep 60", seconds=3)
    assert run.ended in {"timeout", "engine"}


def test_pipes_signals_and_queues_without_number(attack):
    run = attack(
        "perl -e 'for (1 .. 400) { last unless defined($p = fork); next if $p; while (pipe(my $r, my $w)) { fcntl($w, 1031, 1 << 20); "
        "push @k, $r, $w } sleep 1000 } sleep 1000'",
        seconds=3,
    )
    assert run.ended in {"timeout", "engine"}
