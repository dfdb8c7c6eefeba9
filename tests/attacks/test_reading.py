"""Attacks on what the host reads back: forged engines, strange files, killed or frozen helpers."""

from __future__ import annotations

SERVER = """mkfifo ready; cat >fake.py <<'END'
import os, socket
os.path.exists("/run/docker.sock") and os.unlink("/run/docker.sock")
server = socket.socket(socket.AF_UNIX); server.bind("/run/docker.sock"); server.listen(9)
os.write(1, b"x")
while True:
    one, _ = server.accept()
    one.recv(65536)
    try:
        %s
    except OSError:
        pass
END
"""
REPLIES = {
    "endless": 'one.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")\n        while True: one.sendall(b"[" * 65536)',
    "deep": 'one.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 200000\\r\\n\\r\\n" + b"[" * 200000)',
    "malformed": 'one.sendall(b"\\xff" * 1000); one.close()',
    "silent": "pass",
}


def test_a_forged_socket_is_not_asked(attacks):
    forges = {name: SERVER % reply + "python3 fake.py >ready 2>&1 &\nread -r -n 1 <ready" for name, reply in REPLIES.items()}
    for name, run in attacks(forges, setup="docker create --name real busybox").items():
        assert run.ended == "done", name
        assert [container["Name"] for container in run.after.containers] == ["/real"], name


def test_an_engine_that_is_replaced_has_ended(attack):
    take_over = "python3 fake.py >ready 2>&1 & read -r -n 1 <ready; kill -9 $(cat /run/docker.pid)"
    run = attack(SERVER % REPLIES["endless"] + take_over)
    assert (run.ended, run.after.containers) == ("engine", ())


KILLS = {
    "the first process": "kill -9 1; kill -TERM 1",
    "everything": "kill -9 -1",
    "the engine's shell": "kill -9 $(cat /run/lab.pid)",
    "the agent": "pkill -9 python3",
    "containerd": "pkill -9 -x containerd",
    "the clock of its lifetime": "pkill -ALRM -x timeout",
    "the cage": "pkill -9 -f cage.sh",
    "the line to the engine": "pkill -9 -f 'inside.py line'",
    "its own process group": "kill -9 0",
}


def test_killing(attacks):
    ends = {name: run.ended for name, run in attacks({name: f"{how}; sleep 60" for name, how in KILLS.items()}, seconds=3).items()}
    assert set(ends.values()) <= {"engine", "timeout", "done"}, ends
    assert ends["the agent"] == "engine"


def test_a_frozen_helper_is_the_learners_doing(attacks):
    # On a busy machine an engine goes on answering for a while after the signal, until each of its threads has seen it.
    frozen = "while grep -L '^State:.T' /proc/$(pgrep -ox dockerd)/task/*/status | grep -q .; do sleep 0.05; done"
    freezes = {
        "the agent": "pkill -STOP -f 'inside.py agent'; sleep 60",
        "the engine": f"pkill -STOP -x dockerd; {frozen}",
    }
    ends = {name: run.ended for name, run in attacks(freezes, seconds=10).items()}
    assert ends == {"the agent": "timeout", "the engine": "engine"}


MANY = "for i in $(seq 600); do %s & done 2>/dev/null; exit"
NO_ROOM = {
    "processes": MANY % "setsid sleep 1000",
    "time": MANY % "setsid sh -c 'while :; do :; done'",
    "memory": "mount -t tmpfs -o size=100g x /mnt; head -c 2G /dev/zero >/mnt/x",
    "space": "for f in /tmp /run /var/lib/docker ~; do head -c 1G /dev/zero >$f/x; done 2>/dev/null; docker rm wanted",
}


def test_no_room_left_to_read_what_happened(attacks):
    done_before = "docker create --name wanted busybox >/dev/null\n"
    runs = attacks({name: done_before + script for name, script in NO_ROOM.items()}, seconds=10, may_be_right=True)
    assert all(run.ended != "done" or run.after.images for run in runs.values())
    assert runs["memory"].ended in {"timeout", "engine"}


def test_closing_what_the_shell_was_given(attack):
    run = attack("exec 200>&- 201<&- 202<&- 0<&- 1>&- 2>&-\necho one\necho two", seconds=3)
    assert run.ended in {"timeout", "done"}


def test_links_pipes_and_names_that_lead_astray(attack):
    run = attack(
        "ln -s /etc/shadow shadow; ln -s / root; ln -s loop loop; mkfifo pipe; mkdir deep; ln -s ../deep deep/again\n"
        "touch $'line\\nbreak' $'\\e[31mred' '../../up' ' ' '-rf' $'\\xff\\xfe' '<script>alert(1)</script>' $'\\u202e'\n"
        "head -c 5M /dev/zero >big; truncate -s 1T sparse; truncate -s 10G sparse2; ln big hard; ln -s sparse2 'to sparse'\n"
        "d=deep; for i in $(seq 60); do d=$d/x; mkdir $d || break; done; chmod 000 deep/x; echo $'\\377' >binary; mknod n c 0 0"
    )
    kinds = {file.path: file.kind for file in run.after.files}
    assert run.ended == "done"
    assert (kinds["shadow"], kinds["root"], kinds["pipe"], kinds["deep"]) == ("link", "link", "other", "folder")
    assert not any(path.startswith(("root/", "deep/again/", "../", "/")) for path in kinds)
    assert all(path.encode("utf-8") for path in kinds)
    digests = {file.path: file.digest for file in run.after.files}
    assert (digests["shadow"], digests["big"], digests["sparse"], digests["sparse2"]) == ("/etc/shadow", "", "", "")
    assert max(path.count("/") for path in kinds) <= 21


def test_the_working_folder_itself(attack):
    run = attack("cd /; rm -rf /home/lab/work; ln -s / /home/lab/work; rm -rf ~/.docker; ln -s /etc/shadow ~/.docker")
    assert run.ended == "done"
    assert not any("shadow" in file.path and file.text for file in run.after.files)


def test_a_volume_that_is_a_link(attack):
    run = attack(
        "docker volume create evil; cd /var/lib/docker/volumes/evil; rmdir _data; ln -s / _data\n"
        "mkdir -p $'/var/lib/docker/volumes/a\\nb/_data'; ln -s /etc /var/lib/docker/volumes/etc"
    )
    assert run.ended == "done"
    assert not any("shadow" in path for files in run.after.volume_files.values() for path, _ in files)


def test_labels_names_and_logs_with_control_characters(attack):
    run = attack(
        "docker run --name mine --label $'a=\\e[2J\\n<script>' --env $'X=\\x01\\r\\nEvil: yes' --hostname h busybox "
        "sh -c \"printf '\\033[2J\\377\\000<script>'\""
    )
    [container] = run.after.containers
    assert container["Config"]["Labels"]["a"] == "\x1b[2J\n<script>"
    assert list(run.after.logs.values()) == ["\x1b[2J\ufffd\0<script>"]


def test_a_huge_environment_and_labels_without_number(attack):
    run = attack(
        "python3 - >big.json <<'END'\nimport json\nprint(json.dumps({'Image': 'busybox', 'Labels': {f'l{i}': 'x' for i in "
        "range(100000)}, 'Env': [f'V{i}=y' for i in range(100000)]}))\nEND\n"
        "for i in 1 2 3; do curl -s --unix-socket /run/docker.sock -H 'Content-Type: application/json' "
        "-d @big.json localhost/containers/create | head -c 100; done",
        seconds=20,
    )
    assert run.ended in {"done", "engine", "timeout"}
    assert len(run.after.containers) <= 3


def test_a_wide_range_of_ports(attack):
    run = attack("docker create --name ports -p 1-9000:1-9000 busybox", seconds=20)
    assert run.ended in {"done", "timeout"}


MANY_THINGS = """cat >many.pl <<'END'
use IO::Socket::UNIX;
my $engine = IO::Socket::UNIX->new(Peer => "/run/docker.sock");
sub post { my ($path, $body) = @_; printf $engine "POST /%s HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: application/json\\r\\n"
  . "Content-Length: %d\\r\\n\\r\\n%s", $path, length $body, $body; $engine->flush; sysread $engine, $_, 65536 }
post("containers/create", '{"Image": "busybox"}') for 1 .. 110;
post("volumes/create", qq({"Name": "v$_"})) for 1 .. 110;
post("images/busybox/tag?repo=r$_", "") for 1 .. 110;
post("networks/create", qq({"Name": "n$_"})) for 1 .. 9;
END
perl many.pl; docker volume ls -q | wc -l"""


def test_many_containers_volumes_networks_and_tags(attack):
    run = attack(MANY_THINGS, seconds=40)
    assert run.ended in {"done", "timeout"}
    assert run.ended == "timeout" or int(run.output) > 100
    assert max(len(part) for part in (run.after.containers, run.after.volumes, run.after.networks, run.after.images)) <= 100
