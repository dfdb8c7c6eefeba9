"""What the words of a task make count: what is to be shown, and volumes without a name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizzes.effects import compare
from quizzes.effects.request import asks_to_show, excludes, minds_volumes, shown, told_by
from sandboxes.effects import Run, Step
from tests.quizzes.effects.engine import Engine


def step(command: str, output: str = "") -> Step:
    return Step(command, output, 0, 0.1)


def ended(seed: int, *steps: Step) -> Run:
    """A run that stops the container job and prints these steps."""
    engine = Engine(seed)
    identity = engine.run("job")
    engine.begin()
    engine.stop(identity, code=4)
    return replace(engine.done(), steps=steps, output="".join(one.output for one in steps))


WAIT = step("docker wait job", "4\n")


def outcome(answer: Run, script: str, text: str) -> str:
    reference = ended(1, WAIT)
    return compare(reference, answer, language="en", script=script, reference_script="docker wait job", text=text).outcome


@pytest.mark.parametrize(("script", "steps", "expected"), [
    ("docker wait job", (WAIT,), "right"),
    ("docker stop job\ndocker wait job", (step("docker stop job", "job\n"), WAIT), "right"),
    ("docker stop job; docker wait job", (step("docker stop job; docker wait job", "job\n4\n"),), "right"),
    ("docker stop job", (step("docker stop job", "job\n"),), "partly right"),
    ("docker wait job", (step("docker wait job", "0\n"),), "partly right"),
    ("docker ps -a", (step("docker ps -a", "Exited (4) job\n"),), "partly right"),
    ("echo 4", (step("echo 4", "4\n"),), "partly right"),
])  # fmt: skip
def test_what_a_task_asks_to_show_counts_beside_what_it_changes(script: str, steps: tuple[Step, ...], expected: str) -> None:
    assert outcome(ended(2, *steps), script, "Wait for the container job and print its exit code.") == expected


def looking(seed: int, output: str) -> Run:
    engine = Engine(seed)
    engine.run("web")
    engine.begin()
    engine.say(output)
    return engine.done()


@pytest.mark.parametrize(("script", "output", "expected"), [
    ("docker run --name kk busybox uname; docker rm kk", "Linux\nkk", "right"),
    ("docker run -d --name kk busybox uname; docker logs kk; docker rm kk", "0123456789abcdef0123\nLinux\nkk", "right"),
    ("docker run --name kk busybox uname -a; docker rm kk", "Linux kk 6.1\nkk", "wrong"),
    ("docker rm kk", "kk", "wrong"),
])  # fmt: skip
def test_names_that_commands_print_of_their_doing_are_no_answer_and_no_mistake(script: str, output: str, expected: str) -> None:
    reference = looking(1, "Linux")
    scripts = {"script": script, "reference_script": "docker run --rm busybox uname"}
    assert compare(reference, looking(2, output), language="en", **scripts).outcome == expected


def test_where_nothing_is_to_be_shown_the_output_does_not_count() -> None:
    assert outcome(ended(2, step("docker stop job", "job\n")), "docker stop job", "Wait until job has ended.") == "right"


@pytest.mark.parametrize(("text", "shows"), [
    ("Print the exit code.", True), ("输出容器的退出码。", True), ("List all images.", True), ("有多少个容器在运行？", True),
    ("Start nginx in the background.", False), ("停止容器 web。", False),
])  # fmt: skip
def test_a_task_that_asks_to_show_something_is_known_by_its_words(text: str, shows: bool) -> None:
    assert asks_to_show(text) is shows


def test_what_commands_print_of_their_own_doing_is_no_telling() -> None:
    steps = [step("docker network create net", "8c1f\n"), step("docker run -d --name a redis", "77aa\n"),
             step("docker run --rm --network net busybox nslookup a", "Address: 172.18.0.2\n")]  # fmt: skip
    assert shown(steps) == "Address: 172.18.0.2\n"
    assert told_by(steps) == ("Address: 172.18.0.2\n", False)
    assert told_by([step("docker start job && docker logs job", "job\nhi\n")]) == ("job\nhi\n", True)
    assert told_by([step("docker run --name job lib:3; docker rm job", "hi\njob\n")]) == ("hi\njob\n", True)


def named(seed: int, name: str) -> Run:
    engine = Engine(seed)
    engine.run(name)
    return engine.done()


@pytest.mark.parametrize(("text", "expected"), [
    ("Run tomcat in the background.", "right"), ("Run tomcat in the background as web.", "partly right"),
    ("在后台运行 tomcat 容器 web。", "partly right"), ("", "partly right"),
])  # fmt: skip
def test_a_name_counts_where_the_task_says_it(text: str, expected: str) -> None:
    scripts = {"script": "docker run -d --name mine tomcat", "reference_script": "docker run -d --name web tomcat"}
    assert compare(named(1, "web"), named(2, "mine"), language="en", text=text, **scripts).outcome == expected


def shell(seed: int, *, tty: bool) -> Run:
    engine = Engine(seed)
    engine.run("", "ubuntu", cmd=["/bin/bash"], status="exited", Tty=tty)
    return engine.done()


@pytest.mark.parametrize(("text", "tty", "expected"), [
    ("Run bash of ubuntu with an interactive terminal.", True, "right"),
    ("Run bash of ubuntu with an interactive terminal.", False, "partly right"),
    ("用 ubuntu 镜像交互式地运行 bash。", False, "partly right"),
    ("Run /bin/bash in a container of ubuntu.", False, "right"),
])  # fmt: skip
def test_a_terminal_counts_where_the_task_speaks_of_it(text: str, tty: bool, expected: str) -> None:
    scripts = {"script": "docker run ubuntu bash", "reference_script": "docker run -it ubuntu bash"}
    assert compare(shell(1, tty=True), shell(2, tty=tty), language="en", text=text, **scripts).outcome == expected


def ids(seed: int, length: int) -> Run:
    engine = Engine(seed)
    identity = engine.run("web")
    engine.begin()
    engine.say(identity[:length])
    return engine.done()


@pytest.mark.parametrize(("text", "wanted", "given", "expected"), [
    ("List the ids of all containers in full.", 64, 64, "right"), ("List the ids of all containers in full.", 64, 12, "wrong"),
    ("显示所有容器的完整 ID（不截断）。", 64, 12, "wrong"), ("Print the id of the container web.", 64, 12, "right"),
    ("Print the id of the container web.", 12, 64, "right"),
])  # fmt: skip
def test_ids_may_be_cut_unless_the_task_asks_for_them_in_full(text: str, wanted: int, given: int, expected: str) -> None:
    scripts = {"script": "docker ps", "reference_script": "docker ps -a"}
    assert compare(ids(1, wanted), ids(2, given), language="en", text=text, **scripts).outcome == expected


def removed(seed: int, *, volume: bool) -> Run:
    engine = Engine(seed)
    identity = engine.run("db")
    engine.mount(identity, "/data", "")
    engine.begin()
    engine.remove(identity)
    if volume:
        engine.volumes.clear()
    return engine.done()


@pytest.mark.parametrize(("text", "expected"), [
    ("Remove the container db.", "right"), ("Remove the container db but keep its volume.", "partly right"),
    ("删除容器 db，保留它的数据。", "partly right"),
])  # fmt: skip
def test_a_volume_without_a_name_may_go_with_its_container_unless_the_task_speaks_of_volumes(text: str, expected: str) -> None:
    reference, answer = removed(1, volume=False), removed(2, volume=True)
    verdict = compare(reference, answer, language="en", script="docker rm -v db", reference_script="docker rm db", text=text)
    assert verdict.outcome == expected
    assert minds_volumes(text) is (expected != "right")


def test_read_only_leaves_nothing_out_but_only_does():
    assert not excludes("Mount the folder read-only.")
    assert not excludes("把目录只读挂载。")
    assert excludes("Copy only a.txt.")
    assert excludes("只复制 a.txt。")
