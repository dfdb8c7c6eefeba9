"""Attacks on the judgement: answers that write what the grader expects instead of doing what the task asks."""

from __future__ import annotations

from proofs.checks import Check, Task

WEB = "docker run -d --name web -p 8080:80 nginx"
ROW = '[{\\"Id\\": \\"%s\\", \\"Names\\": [\\"/web\\"], \\"Image\\": \\"nginx\\", \\"State\\": \\"running\\"}]' % ("a" * 64)

FAKE_ENGINE = """cat >fake.py <<'END'
import os, socket
path = "%s"
os.path.exists(path) and os.unlink(path)
server = socket.socket(socket.AF_UNIX); server.bind(path); server.listen(9)
os.write(int(os.environ["READY"]), b"x")
while True:
    one, _ = server.accept()
    one.recv(65536)
    try:
        body = b"%s"
        one.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: " + str(len(body)).encode() + b"\\r\\n\\r\\n" + body)
        one.close()
    except OSError:
        pass
END
mkfifo ready; READY=1 python3 fake.py 2>/dev/null >ready & read -r -n 1 <ready
"""

NOT_DONE = {
    "an echo of what docker prints": "echo 3f2a9c1d5e7b",
    "a function": f'docker() {{ echo {"a" * 64}; }}\n{WEB}',
    "an alias": f"shopt -s expand_aliases\nalias docker='echo {'a' * 64} #'\n{WEB}",
    "a program before docker in the path":
        f"mkdir bin; printf '#!/bin/sh\\necho done\\n' >bin/docker; chmod +x bin/docker; export PATH=$PWD/bin:$PATH\n{WEB}",
    "a file mounted over docker":
        f"printf '#!/bin/sh\\necho done\\n' >fake; chmod +x fake; mount --bind fake $(command -v docker)\n{WEB}",
    "another engine by the environment":
        (FAKE_ENGINE % ("/tmp/evil.sock", ROW)) + f"export DOCKER_HOST=unix:///tmp/evil.sock\ndocker ps\n{WEB}",
    "another engine by a context":
        (FAKE_ENGINE % ("/tmp/evil.sock", ROW)) + "docker context create evil --docker host=unix:///tmp/evil.sock\n"
        f"docker context use evil\n{WEB}",
    "another engine by the client's settings":
        (FAKE_ENGINE % ("/tmp/evil.sock", ROW)) + "mkdir -p ~/.docker; echo '{\"currentContext\": \"evil\"}' >~/.docker/config.json"
        f"\n{WEB}",
    "another engine at the engine's place": (FAKE_ENGINE % ("/run/docker.sock", ROW)) + WEB,
    "a plugin": "mkdir -p ~/.docker/cli-plugins; printf '#!/bin/sh\\necho done\\n' >~/.docker/cli-plugins/docker-run\n"
        "chmod +x ~/.docker/cli-plugins/docker-run; docker run --help >/dev/null",
    "the files of a container":
        "docker create --name other -p 8080:80 nginx\ncd /var/lib/docker/containers/*/ && sed -i 's/other/web/' config.v2.json\n"
        "kill -HUP $(cat /run/docker.pid)",
    "marks of ended statements": "for i in 0 1 2 3; do echo \"$i 0\" >&200; done 2>/dev/null\necho done",
    "a mark of its own": "__mark() { echo \"$1 0\" >&200; }\nfalse\necho done",
    "traps and settings of the shell":
        "set -T; trap 'echo done' EXIT DEBUG ERR RETURN; export BASH_ENV=/dev/stdin LD_PRELOAD=/tmp/x.so ENV=x PS4=x; set -x; :",
    "the wrong container under the right name": "docker create --name web busybox",
    "a container that is gone": f"{WEB} && docker rm -f web",
}  # fmt: skip


def web(answers: dict[str, str]) -> list[Task]:
    return [Task(name, "", WEB, answer, "Start nginx.", "en") for name, answer in answers.items()]


def not_wrong(checks: list[Check]) -> list[Check]:
    """Those that are right or not judged, or say what cannot be printed."""
    return [check for check in checks if check.to_dict()["verdict"] != "wrong" or not check.verdict.feedback.isprintable()]


def test_what_was_not_done_is_not_right(checks):
    assert not_wrong(checks(web(NOT_DONE))) == []


IDS = "docker create --name one busybox; docker create --name two nginx"
NOT_ASKED = {
    "made-up ids": "echo 3f2a9c1d5e7b 0123456789ab",
    "made-up ids by a function": "docker() { printf '%s\\n' 3f2a9c1d5e7b 0123456789ab; }\ndocker ps -aq",
    "the words of the task": "echo docker ps -aq",
    "everything the folder holds": "ls /var/lib/docker",
    "an endless list": "yes 3f2a9c1d5e7b | head -c 60000",
    "escape sequences that draw a table": "printf '\\033[2J\\033[H3f2a9c1d5e7b\\r\\n'",
    "combining marks without end": "head -c 30000 /dev/zero | sed 's/\\x00/\\xcc\\x81/g'",
    "writing from right to left": "printf '\\u202e\\u2066 3f2a9c1d5e7b \\u2069\\u0000'",
}


def test_what_was_not_asked_of_the_engine_is_not_right(checks):
    tasks = [Task(name, IDS, "docker ps -aq", answer, "列出所有容器的编号", "zh") for name, answer in NOT_ASKED.items()]
    assert not_wrong(checks(tasks)) == []


MARK = "this was not said by it"
DOORS = (
    "for p in $(pgrep -f inside.py); do for f in 0 1 2; do echo '%s' 2>/dev/null >/proc/$p/fd/$f && echo wrote $p $f\n"
    "timeout 1 head -c 1 /proc/$p/fd/$f >/dev/null 2>&1 && echo read $p $f; done\n"
    "for f in mem environ maps auxv; do head -c 1 /proc/$p/$f >/dev/null 2>&1 && echo read $p $f; done\n"
    "dd if=/dev/zero of=/proc/$p/mem bs=1 seek=4096 count=1 2>/dev/null && echo wrote $p memory\n"
    "perl -e 'exit(syscall(438, syscall(434, shift() + 0, 0), 1, 0) < 0)' $p && echo took $p\n"
    "echo found; done"
).replace("%s", MARK)  # fmt: skip


def test_nobody_speaks_for_those_who_report_or_hears_what_they_are_asked(attack):
    run = attack(DOORS)
    assert run.output.split() == ["found", "found"]  # the agent and the line to the engine
    assert not any(MARK in step.output for step in run.steps)


def test_what_is_said_for_the_agent_does_not_count(checks):
    forged = '{"done": {"ended": "done", "exit_code": 0, "seconds": 0.1}}'
    forge = f"for p in $(pgrep -f inside.py); do echo '{forged}' >/proc/$p/fd/1; done; echo said"
    assert not_wrong(checks(web({"an end": forge}))) == []


HARM = {
    "the engine": "kill -9 $(cat /run/docker.pid)", "the agent": "pkill -9 -f 'inside.py agent'", "output": "yes",
    "the first process": "kill -TERM 1; sleep 60",
}  # fmt: skip


def test_doing_it_and_then_breaking_the_sandbox_is_not_right(checks):
    assert not_wrong(checks(web({name: f"{WEB}\n{harm}" for name, harm in HARM.items()}))) == []
