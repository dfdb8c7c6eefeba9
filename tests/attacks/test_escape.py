"""Attacks on the walls: host files, devices, privileges, kernel, network, other learners."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandboxes.effects import Job
from sandboxes.users import FIRST, SETS

# Numbers of system calls on x86-64 that a sandbox must not have, and what is given to each.
SYSCALLS = {
    "ptrace": "101, 16, 1, 0, 0", "keyctl": "250, 0, -3, 0", "add_key": "248, 0, 0, 0, 0, 0", "bpf": "321, 0, 0, 0",
    "perf_event_open": "298, 0, 0, -1, -1, 0", "userfaultfd": "323, 0", "io_uring_setup": "425, 1, 0",
    "open_by_handle_at": "304, 0, 0, 0", "init_module": "175, 0, 0, 0", "finit_module": "313, -1, 0, 0",
    "kexec_load": "246, 0, 0, 0, 0", "reboot": "169, 0, 0, 0, 0", "swapon": "167, 0, 0", "settimeofday": "164, 0, 0",
    "iopl": "172, 3", "syslog": "103, 3, 0, 0", "acct": "163, 0", "quotactl": "179, 0, 0, 0, 0",
    "process_vm_readv": "310, 1, 0, 0, 0, 0, 0", "fsopen": "430, 0, 0", "mount_setattr": "442, -1, 0, 0, 0, 0",
}  # fmt: skip
FORBIDDEN = {"1", "38"}  # EPERM, ENOSYS


def test_mounting_the_host(attack, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the host's own")
    run = attack(
        f"docker run --rm -v /:/host busybox cat /host{secret}\ncat {secret}\n"
        "docker run --rm -v /:/host busybox cat /host/etc/shadow\n"
        "docker run --rm -v /:/host busybox touch /host/opt/lab/x\n"
        "docker run --rm -v /:/host busybox cat /host/etc/hostname"
    )
    assert [step.exit_code for step in run.steps] == [1, 1, 1, 1, 0]
    assert "the host's own" not in run.output
    assert run.steps[4].output == "lab\n"


def test_privileged_containers_are_refused(attack):
    run = attack("docker run --rm --privileged busybox echo survived")
    assert "survived" not in run.output
    assert run.exit_code != 0


def test_all_capabilities_and_the_hosts_namespaces(attack):
    before = Path("/proc/sys/kernel/panic").read_text()
    inside = (
        "mount -o remount,rw /proc/sys; echo 77 >/proc/sys/kernel/panic; echo h >/proc/sysrq-trigger;"
        "chroot /proc/1/root cat /etc/shadow && echo survived"
    )
    run = attack(
        "docker run --rm --cap-add ALL --security-opt seccomp=unconfined --pid host --network host --ipc host "
        f"--uts host busybox sh -c '{inside}'; true"
    )
    assert Path("/proc/sys/kernel/panic").read_text() == before
    assert "can't create /proc/sysrq-trigger" in run.output
    assert "survived" not in run.output


def test_devices(attack):
    run = attack(
        "for d in /dev/vda /dev/sda /dev/mem /dev/kmsg /dev/fuse /dev/net/tun /dev/kvm; do\n"
        "docker run --rm --device $d busybox true 2>/dev/null && echo got $d; done\n"
        "mknod /tmp/disk b 254 0 && head -c 1 /tmp/disk && echo read\n"
        "docker run --rm --cap-add MKNOD busybox sh -c 'mknod /x b 254 0 && head -c 1 /x && echo read'; true"
    )
    assert "got" not in run.output
    assert "read\n" not in run.output


def test_setuid_programs(attack):
    run = attack(
        "find / -xdev -perm /6000 -type f 2>/dev/null\n"
        "cp /bin/bash /tmp/sh; chmod u+s /tmp/sh; cat /proc/self/uid_map; /tmp/sh -pc 'cat /proc/self/uid_map'\n"
        "newuidmap $$ 0 0 1 || newgidmap $$ 0 0 1 || echo refused\n"
        "unshare -Ur sh -c 'newuidmap $$ 0 0 65536' || echo refused\n"
        "su root -c id || echo refused"
    )
    assert run.steps[0].output == ""
    shown = run.steps[1].output.splitlines()  # whatever is set on a file, its users are the same
    assert shown[: len(shown) // 2] == shown[len(shown) // 2 :] != []
    assert [step.output.splitlines()[-1] for step in run.steps[2:4]] == ["refused", "refused"]


def test_nobody_in_a_sandbox_is_root_outside_or_anybody_elses_user(attack, sandboxes):
    seen: dict[str, set[int]] = {}

    def look(phase: str) -> None:
        if phase == "reading":
            ours = {"label": f"owner={sandboxes._owner.name}"}
            for container in sandboxes.client.containers(filters=ours):
                rows = sandboxes.client.top(container["Id"], "-eo uid,pid,comm")["Processes"]
                seen.setdefault(container["Id"], set()).update(int(row[0]) for row in rows)

    sandboxes.run(Job("", "docker run -d nginx; docker run -d --user 0 --cap-add ALL busybox sleep 100\nsleep 3"), look)
    users = [user for each in seen.values() for user in each]
    assert len(seen) > 1  # the other ones wait
    assert len(users) == len(set(users))
    assert min(users) >= FIRST - SETS


def test_writing_to_proc_and_sys(attack):
    before = Path("/proc/sys/kernel/core_pattern").read_text()
    run = attack(
        "for f in kernel/core_pattern kernel/hostname vm/drop_caches kernel/sysrq fs/file-max; do\n"
        "echo 1 2>/dev/null >/proc/sys/$f && echo wrote $f; done\n"
        "echo b 2>/dev/null >/proc/sysrq-trigger && echo wrote trigger\n"
        "for f in /sys/kernel/uevent_helper /sys/kernel/mm/ksm/run /sys/power/state; do\n"
        "echo 1 2>/dev/null >$f && echo wrote $f; done\n"
        "docker run --rm busybox sh -c 'echo 1 >/proc/sys/kernel/core_pattern' && echo wrote inside; true"
    )
    assert "wrote" not in run.output
    assert Path("/proc/sys/kernel/core_pattern").read_text() == before


def test_reading_what_the_kernel_hides(attack):
    run = attack("head -c 1 /proc/kcore && echo got kcore; head -c 1 /dev/mem && echo got mem; dmesg && echo got log\n"
                 "head -c 1 /proc/kmsg && echo got kmsg; true")  # fmt: skip
    assert "got" not in run.output


@pytest.mark.parametrize("where", ["outside", "inside"])
def test_system_calls_that_open_the_kernel(attack, where):
    calls = " ".join(f'"{name}" => [{numbers}],' for name, numbers in SYSCALLS.items())
    perl = (
        f"%c = ({calls}); for (sort keys %c) {{ $! = 0; $r = syscall(@{{$c{{$_}}}}[0], map {{ $_ + 0 }} @{{$c{{$_}}}}[1..5]); "
        'print "$_ ", $r + 0, " ", $! + 0, "\\n" }'
    )
    bind = "docker run --rm --cap-add ALL --security-opt seccomp=unconfined -v /usr:/usr -v /lib64:/lib64 -v /lib:/lib busybox"
    run = attack(f"cat >probe.pl <<'END'\n{perl}\nEND\n{bind if where == 'inside' else ''} perl -e \"$(cat probe.pl)\"")
    answers = {line.split()[0]: line.split()[1:] for line in run.steps[1].output.splitlines()}
    assert set(answers) == set(SYSCALLS), run.output
    assert {name: answer for name, answer in answers.items() if answer[0] != "-1" or answer[1] not in FORBIDDEN} == {}


#: Family, type, protocol: what neither an engine nor a learner needs.
SOCKETS = {
    "packet": (17, 3, 0), "packets as datagrams": (17, 2, 0), "alg": (38, 5, 0), "vsock": (40, 1, 0), "rds": (21, 5, 0),
    "bluetooth": (31, 3, 0), "can": (29, 3, 1), "xdp": (44, 3, 0), "tipc": (30, 5, 0), "smc": (43, 1, 0), "key": (15, 3, 2),
    "dccp": (2, 6, 33), "dccp by type": (2, 6, 0), "sctp": (2, 1, 132), "sctp by type": (2, 5, 0), "udp lite": (2, 2, 136),
    "multipath tcp": (2, 1, 262), "sctp 6": (10, 1, 132), "gre": (2, 3, 47), "firewall": (16, 3, 3), "xfrm": (16, 3, 6),
    "audit": (16, 3, 9), "connector": (16, 3, 11), "uevent": (16, 3, 15), "rdma": (16, 3, 20), "crypto": (16, 3, 21),
}  # fmt: skip


def test_sockets_that_are_no_business_of_a_learner(attack):
    rows = " ".join(f"[{numbers[0]}, {numbers[1]}, {numbers[2]}]," for numbers in SOCKETS.values())
    run = attack(f"perl -e 'use Socket; for (({rows})) {{ print socket(S, $$_[0], $$_[1], $$_[2]) ? 1 : 0 }}'")
    assert dict(zip(SOCKETS, run.output, strict=True)) == dict.fromkeys(SOCKETS, "0")


def test_the_network_ends_at_the_sandbox(attack):
    run = attack(
        "ip -o link | awk '{print $2}'\nip route get 198.51.100.1\nip -6 route get 2001:db8::1\n"
        "docker run --rm busybox ip route get 198.51.100.1; docker network create --internal n >/dev/null\n"
        "ip link add dummy0 type dummy; ip route get 198.51.100.1\ncat /etc/resolv.conf",
    )
    assert run.steps[0].output.split() == ["lo:", "docker0:"]
    assert "unreachable" in run.steps[1].output
    assert "unreachable" in run.steps[2].output
    assert run.steps[1].exit_code == 2
    assert "127.0.0.1" in run.steps[-1].output


def test_remounting_what_is_read_only(attack):
    run = attack(
        "mount -o remount,rw / 2>/dev/null; touch /opt/lab/agent.py /etc/passwd /usr/x && echo wrote\n"
        "mount -o bind,rw / /mnt && touch /mnt/etc/x && echo wrote\n"
        "unshare -Urm sh -c 'mount -o remount,rw / ; touch /etc/x && echo wrote'; rm -rf --no-preserve-root "
        "/opt /usr 2>/dev/null; true"
    )
    assert "wrote" not in run.output


def test_mounting_control_groups(attack):
    run = attack(
        "mkdir /tmp/cg; for t in cgroup cgroup2; do mount -t $t none /tmp/cg && find /tmp/cg -name release_agent -writable "
        "| grep . && echo got; done; mount -t debugfs x /tmp/cg && echo got; mount -t sysfs x /tmp/cg "
        "&& echo 1 >/tmp/cg/kernel/mm/ksm/run && echo got; true"
    )
    assert "got" not in run.output


def test_setting_the_clock_and_the_limits(attack):
    run = attack("date -s 2001-01-01 && echo set; ulimit -n 1000000 && echo raised; ulimit -c unlimited && echo raised\n"
                 "ulimit -c 0 && echo lowered; docker run --rm --ulimit core=0 busybox true && echo lowered; true")
    assert "set\n" not in run.output
    assert "raised" not in run.output
    assert "lowered" not in run.output  # for then the host's own crash reporter would be started


def test_secrets_in_the_environment(attack):
    run = attack("env -0 | tr '\\0' '\\n'; cat /proc/1/environ 2>/dev/null | tr '\\0' '\\n'")
    names = {line.partition("=")[0] for line in run.output.splitlines() if "=" in line}
    assert names <= {"PATH", "HOME", "LANG", "SSL_CERT_FILE", "HOSTNAME", "PWD", "SHLVL", "_", "OLDPWD"}


LOOKS = (
    "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -o 'victim[s]ecret'\n"
    "docker run --rm --pid host --ipc host --network host busybox ps | grep 'victim[s]ecret'\n"
    "docker run --rm -v /:/host busybox grep -rl 'victim[s]ecret' /host/home /host/tmp /host/run /host/dev/shm\n"
    "ls -A /tmp /run /dev/shm /dev/mqueue; ip neigh; ipcs; cat /proc/net/unix /proc/locks /proc/keys 2>/dev/null"
)


def test_looking_for_another_learner(attack, sandboxes):
    seen = []

    def look(phase: str) -> None:
        if phase == "reading":  # the other's sandbox is still there, with all that it left
            seen.append(attack(LOOKS))

    leaves = "for f in ~/work /tmp /run /dev/shm; do echo victimsecret >$f/victimsecret; done\n(exec -a victimsecret setsid sleep 500) &"
    sandboxes.run(Job("", leaves), look)
    assert "victimsecret" not in seen[0].output


def test_the_names_of_others_lead_nowhere(attack, sandboxes):
    others = [row["Id"][:12] for row in sandboxes.client.containers()]
    run = attack("".join(f"nsenter -t 1 -a true || ping -c 1 -W 1 {name} 2>&1 | head -1\n" for name in others[:3]) + "true")
    assert "bytes from" not in run.output


def test_entering_the_namespaces_above(attack):
    run = attack(
        "for n in user mnt net pid ipc uts cgroup; do nsenter --$n=/proc/1/ns/$n true 2>/dev/null && echo got $n; done\n"
        "ls /proc/1/root/ 2>/dev/null && echo got root; cat /proc/1/environ >/dev/null 2>&1 && echo got environ\n"
        "echo x 2>/dev/null >/proc/1/fd/1 && echo got output; true"
    )
    assert "got" not in run.output


def test_memory_of_the_programs_above(attack):
    run = attack(
        "for p in 1 $(pgrep -x timeout) $(pgrep -f cage.sh); do head -c 1 /proc/$p/mem >/dev/null 2>&1 && echo got $p\n"
        "cat /proc/$p/maps 2>/dev/null | grep -q . && echo got maps $p; done; cat /proc/self/auxv >/dev/null\n"
        "dd if=/dev/zero of=/proc/1/mem bs=1 count=1 2>/dev/null && echo got write; true"
    )
    assert "got" not in run.output


def test_loading_code_into_the_kernel(attack):
    before = Path("/proc/modules").read_text() if Path("/proc/modules").exists() else ""
    attack(
        "modprobe dummy; insmod /tmp/x.ko; perl -e 'syscall(175, 0, 0, 0); syscall(313, 0, 0, 0); syscall(321, 5, 0, 48)'\n"
        "mount -t binfmt_misc x /mnt && echo ':x:M::x::/bin/sh:' >/mnt/register; perl -e 'syscall(165, \"x\", \"/mnt\", \"nfs\", 0, 0)'"
    )
    assert (Path("/proc/modules").read_text() if Path("/proc/modules").exists() else "") == before


def test_hard_links_to_what_one_may_not_read(attack):
    run = attack("ln /etc/shadow shadow; ln /opt/lab/agent.py agent; ln /proc/1/environ environ; ls; cat /etc/shadow /etc/gshadow")
    assert "root:" not in run.output
    assert not {"shadow", "agent", "environ"} & {file.path for file in run.after.files}


def test_flags_that_ask_for_more(attack):
    flags = ["--privileged", "--device /dev/vda", "--device /dev/mem", "--gpus all", "--cgroup-parent /", "--userns host --privileged",
             "--runtime /bin/sh", "--oom-kill-disable --oom-score-adj -1000", "--security-opt systempaths=unconfined --privileged",
             "--sysctl kernel.panic=77", "--volume-driver evil -v x:/x", "--cpu-rt-runtime 1000", "-v /proc:/proc:rw --privileged"]  # fmt: skip
    run = attack("".join(f"docker run --rm {flag} busybox echo survived\n" for flag in flags) + "true", seconds=40)
    assert Path("/proc/sys/kernel/panic").read_text() != "77\n"
    survived = [flag for flag, step in zip(flags, run.steps, strict=False) if "survived" in step.output]
    assert not any("--privileged" in flag or "--device" in flag or "--gpus" in flag for flag in survived)


def test_raising_ones_priority(attack):
    run = attack("nice -n -5 true 2>&1 | grep . ; chrt -f 50 true && echo got; for s in -1000 -500 -1; do echo $s 2>/dev/null >/proc/self/oom_score_adj && echo got; done\n"
                 "renice -n -20 -p $$ && echo got; ionice -c 1 true && echo got; true")  # fmt: skip
    assert "got" not in run.output
