"""What counts as the same effect, told in small stories on two engines."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from quizzes.effects import compare
from quizzes.effects.contents import PROBE
from quizzes.questions import Verdict
from sandboxes.effects import Run
from tests.quizzes.effects.engine import Engine, image

Story = Callable[[Engine], Any]
PORT = {"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]}


def judge(
    reference: Story,
    answer: Story,
    setup: Story = lambda engine: None,
    *,
    language: str = "en",
    declared: tuple[str, ...] = (),
    script: str = "docker …",
    reference_script: str = "docker …",
    text: str = "",
) -> Verdict:
    runs = []
    for seed, story in ((1, reference), (3, answer)):
        engine = Engine(seed)
        setup(engine)
        engine.begin()
        story(engine)
        runs.append(engine.done())
    return compare(
        runs[0],
        runs[1],
        language=language,
        declared=declared,
        script=script,
        reference_script=reference_script,
        text=text,
    )


def only(engine: Engine) -> str:
    return next(iter(engine.containers))


def test_the_same_container_with_other_ids_and_a_name_of_its_own_is_right() -> None:
    verdict = judge(lambda e: e.run(PortBindings=PORT, Tty=True), lambda e: e.run("mine", PortBindings=PORT))
    assert verdict.outcome == "right"
    assert verdict.score == 1.0


def test_a_random_port_is_named_with_its_twin_in_both_languages() -> None:
    def answer(engine: Engine) -> str:
        return engine.run(PublishAllPorts=True)

    english = judge(lambda e: e.run(PortBindings=PORT), answer)
    assert english.outcome == "partly right"
    assert (
        english.differences[0].sentence
        == "the host port is random: you used -P; the task asks for 8080 (-p 8080:8080)."
    )
    chinese = judge(lambda e: e.run(PortBindings=PORT), answer, language="zh")
    assert chinese.differences[0].sentence == "主机端口是随机的：你用了 -P，题目要求 8080（-p 8080:8080）。"


def test_the_row_says_what_was_expected_and_what_was_found() -> None:
    verdict = judge(lambda e: e.run(PortBindings=PORT), lambda e: e.run(PublishAllPorts=True))
    row = verdict.differences[0]
    assert (row.what, row.expected, row.found, row.met) == (
        "host port for 8080/tcp",
        "8080",
        "a random one (-P)",
        False,
    )


def test_an_empty_answer_is_wrong() -> None:
    verdict = judge(lambda e: e.run(), lambda e: None, script="  \n")
    assert (verdict.outcome, verdict.score) == ("wrong", 0.0)
    assert verdict.feedback == "The answer is empty: no command was run."


def test_doing_nothing_is_wrong() -> None:
    verdict = judge(lambda e: e.run("web"), lambda e: None, script="true")
    assert verdict.outcome == "wrong"
    assert verdict.feedback == "container web is missing: no such container was made."


def test_another_image_or_another_name_is_not_right() -> None:
    assert judge(lambda e: e.run("web"), lambda e: e.run("web", "ubuntu")).outcome != "right"
    verdict = judge(lambda e: e.run("web"), lambda e: e.run("wbe"))
    assert (
        verdict.differences[0].sentence
        == "the container is called wbe; the task asks for the name web (--name web)."
    )


def test_an_image_may_be_named_in_any_way_that_means_it() -> None:
    def by_id(engine: Engine) -> None:
        row = engine.containers[engine.run(of="ubuntu")]
        row["Config"]["Image"] = row["Image"][7:19]

    assert judge(lambda e: e.run(of="ubuntu"), lambda e: e.run(of="ubuntu:latest")).outcome == "right"
    assert judge(lambda e: e.run(of="ubuntu"), by_id).outcome == "right"
    assert judge(lambda e: e.run(of="ubuntu"), lambda e: e.run(of="ubuntu:14.04")).outcome != "right"


def test_a_container_too_many_is_not_right() -> None:
    def two(engine: Engine) -> None:
        engine.run("web")
        engine.run("again", status="created")

    verdict = judge(lambda e: e.run("web"), two)
    assert verdict.outcome == "partly right"
    assert verdict.differences[0].sentence == "container again is left over: the task does not ask for it."


def test_what_should_stay_must_stay() -> None:
    def both(engine: Engine) -> None:
        engine.run("old")
        engine.run("keep")

    def first(engine: Engine) -> None:
        engine.remove(only(engine))

    def all_of_them(engine: Engine) -> None:
        for identity in list(engine.containers):
            engine.remove(identity)

    assert judge(first, first, both).outcome == "right"
    verdict = judge(first, all_of_them, both)
    assert verdict.differences[0].sentence == "container keep was removed, but it should have stayed."


def test_stopping_is_not_removing() -> None:
    def one(engine: Engine) -> None:
        engine.run("web")

    verdict = judge(lambda e: e.remove(only(e)), lambda e: e.stop(only(e)), one)
    assert verdict.outcome == "wrong"
    assert verdict.feedback.startswith("container web was only stopped and is still there")
    gone = judge(lambda e: e.stop(only(e)), lambda e: e.remove(only(e)), one)
    assert gone.outcome == "wrong"


def test_removing_needs_no_particular_way() -> None:
    def stop_and_remove(engine: Engine) -> None:
        engine.stop(only(engine))
        engine.remove(only(engine))

    assert judge(lambda e: e.remove(only(e)), stop_and_remove, lambda e: e.run("web")).outcome == "right"


@pytest.mark.parametrize(
    ("reference", "answer", "outcome"),
    [
        ([("15", 0.0)], [("15", 0.0)], "right"),
        ([("15", 0.0), ("9", 10.02)], [("15", 0.0), ("9", 2.0)], "right"),
        ([("15", 0.0)], [("15", 0.0), ("9", 10.02)], "right"),
        ([("15", 0.0)], [("15", 0.0), ("9", 1.02)], "partly right"),
        ([("15", 0.0), ("9", 3.05)], [("15", 0.0), ("9", 3.4)], "right"),
        ([("15", 0.0), ("9", 3.05)], [("15", 0.0), ("9", 10.1)], "partly right"),
        ([("15", 0.0), ("9", 3.05)], [("9", 0.0)], "partly right"),
        ([("9", 0.0)], [("15", 0.0), ("9", 10.0)], "partly right"),
        ([("9", 0.0)], [("9", 0.0)], "right"),
    ],
)
def test_the_way_of_stopping_matters(
    reference: list[tuple[str, float]], answer: list[tuple[str, float]], outcome: str
) -> None:
    verdict = judge(
        lambda e: e.stop(only(e), *reference, code=137),
        lambda e: e.stop(only(e), *answer, code=137),
        lambda e: e.run("web"),
    )
    assert verdict.outcome == outcome


@pytest.mark.parametrize(("command", "outcome"), [
    ("kill -HUP 1", "right"), ("kill -1 1", "right"), ("sh -c kill -s SIGHUP 1; true", "right"), ("/bin/kill -HUP 1", "right"),
    ("kill 1", "wrong"), ("kill -HUP 12", "wrong"), ("echo kill -HUP 1", "wrong"), ("sh -c echo kill -HUP 1", "wrong"),
    ("kill -0 1", "wrong"),
])  # fmt: skip
def test_a_signal_may_be_sent_from_inside_the_container(command: str, outcome: str) -> None:
    verdict = judge(
        lambda e: e._say("kill", only(e), signal="1"),
        lambda e: e.execute(only(e), command),
        lambda e: e.run("web"),
    )
    assert verdict.outcome == outcome


def test_a_wrong_waiting_time_is_said() -> None:
    def stop(wait: float) -> Story:
        return lambda e: e.stop(only(e), ("15", 0.0), ("9", wait), code=137)

    verdict = judge(stop(3.0), stop(10.0), lambda e: e.run("web"), language="zh")
    assert (
        verdict.differences[0].sentence
        == "容器 web 等了 10 秒就被终止，题目要求等待 3 秒（docker stop -t 3）。"
    )


def test_restart_is_seen_and_stop_and_start_are_the_same() -> None:
    def restart(engine: Engine) -> None:
        engine.stop(only(engine))
        engine.start(only(engine))

    assert judge(restart, restart, lambda e: e.run("web")).outcome == "right"
    assert judge(restart, lambda e: None, lambda e: e.run("web"), script="docker ps").outcome == "wrong"
    assert judge(lambda e: e.run("db", "ubuntu"), restart, lambda e: e.run("web")).outcome == "wrong"


def test_create_is_not_run() -> None:
    verdict = judge(lambda e: e.run("web", status="created"), lambda e: e.run("web"))
    assert "docker create" in verdict.differences[0].sentence
    verdict = judge(lambda e: e.run("web"), lambda e: e.run("web", status="created"))
    assert "docker start" in verdict.differences[0].sentence


def test_volumes_without_a_name_are_told_by_their_container() -> None:
    def setup(engine: Engine) -> None:
        engine.mount(engine.run("dbdata", "ubuntu", status="exited"), "/dbdata")

    def sharing(engine: Engine) -> None:
        volume = engine.containers[only(engine)]["Mounts"][0]["Name"]
        engine.mount(engine.run("db1", "ubuntu"), "/dbdata", volume)

    def own(engine: Engine) -> None:
        engine.mount(engine.run("db1", "ubuntu"), "/dbdata")

    assert judge(sharing, sharing, setup).outcome == "right"
    assert judge(sharing, own, setup).outcome == "partly right"


def test_a_volume_of_the_image_is_no_goal() -> None:
    assert judge(lambda e: e.run("db", "mysql"), lambda e: e.run("db", "mysql")).outcome == "right"


def test_a_finished_container_is_known_by_what_it_said() -> None:
    def says(*command: str, log: str) -> Story:
        def story(engine: Engine) -> None:
            engine.logs[engine.run(of="ubuntu", cmd=list(command), status="exited")] = log

        return story

    reference = says("echo", "hello", log="hello\n")
    assert judge(reference, says("sh", "-c", "printf 'hello\n'", log="hello\n")).outcome == "right"
    assert judge(reference, says("echo", "bye", log="bye\n")).outcome == "partly right"


def test_a_command_may_be_written_differently() -> None:
    first = ["/bin/bash", "-c", "while true;do date > clock.txt;sleep 1;done"]
    second = ["bash", "-c", "while true; do date > clock.txt; sleep 1; done"]
    assert (
        judge(lambda e: e.run(of="ubuntu", cmd=first), lambda e: e.run(of="ubuntu", cmd=second)).outcome
        == "right"
    )
    assert (
        judge(
            lambda e: e.run(of="ubuntu", cmd=["sleep", "100"]),
            lambda e: e.run(of="ubuntu", cmd=["sleep", "10"]),
        ).outcome
        != "right"
    )


def reading(engine: Engine, *, all_: bool, full: bool = False) -> None:
    for identity, row in engine.containers.items():
        if all_ or row["State"]["Status"] == "running":
            engine.say(identity if full else identity[:12])


def two_containers(engine: Engine) -> None:
    engine.run("web")
    engine.run("old", status="exited")


def test_reading_is_compared_by_what_it_tells() -> None:
    def all_ids(engine: Engine) -> None:
        reading(engine, all_=True)

    def all_long(engine: Engine) -> None:
        reading(engine, all_=True, full=True)

    assert judge(all_ids, all_ids, two_containers).outcome == "right"
    assert judge(all_ids, all_long, two_containers).outcome == "right"
    fewer = judge(all_ids, lambda e: reading(e, all_=False), two_containers)
    assert fewer.outcome == "wrong"
    assert fewer.feedback == "The output does not tell: old."
    assert judge(lambda e: reading(e, all_=False), all_ids, two_containers).outcome == "wrong"


def test_an_echo_is_not_a_reading() -> None:
    def told(engine: Engine) -> None:
        engine.say("running")

    assert (
        judge(told, told, two_containers, script="docker inspect -f '{{.State.Status}}' web").outcome
        == "right"
    )
    assert judge(told, told, two_containers, script="echo running").outcome == "wrong"
    assert judge(told, told, two_containers, script="docker ps >/dev/null; echo running").outcome == "wrong"
    assert (
        judge(told, told, two_containers, script="x=running; docker ps >/dev/null; echo $x").outcome
        == "wrong"
    )
    assert (
        judge(
            told, told, two_containers, script="s=$(docker inspect -f '{{.State.Status}}' web); echo $s"
        ).outcome
        == "right"
    )


def test_looking_into_the_wrong_container_is_wrong() -> None:
    def look(index: int) -> Story:
        def story(engine: Engine) -> None:
            engine.execute(list(engine.containers)[index], "cat /etc/hostname")
            engine.say("same text")

        return story

    def two(engine: Engine) -> None:
        engine.run("web")
        engine.run("db")

    assert judge(look(0), look(0), two).outcome == "right"
    assert judge(look(0), look(1), two).outcome != "right"


@pytest.mark.parametrize(
    ("user", "outcome"), [("student:learn", "right"), ("student:learned", "wrong"), ("", "wrong")]
)
def test_a_login_counts_with_its_user_and_password(user: str, outcome: str) -> None:
    def login(kept: str) -> Story:
        return lambda e: e.logins.update({"hub:5000": base64.b64encode(kept.encode()).decode()} if kept else {})

    verdict = judge(login("student:learn"), login(user))
    assert verdict.outcome == outcome
    if user == "student:learned":
        assert verdict.feedback == (
            "you are logged in to hub:5000 as student:learned; the task asks for student:learn (user:password)."
        )


@pytest.mark.parametrize(("swap", "outcome"), [(512 << 20, "right"), (1 << 30, "partly right"), (-1, "partly right")])
def test_swap_beyond_what_the_engine_sets_by_itself_counts(swap: int, outcome: str) -> None:
    def limited(swap: int) -> Story:
        return lambda e: e.run("web", Memory=256 << 20, MemorySwap=swap)

    assert judge(limited(512 << 20), limited(swap)).outcome == outcome


def test_a_container_seen_between_two_restarts_needs_no_exit_code() -> None:
    policy = {"Name": "on-failure", "MaximumRetryCount": 3}
    assert (
        judge(
            lambda e: e.run("job", status="exited", RestartPolicy=policy),
            lambda e: e.run("job", status="restarting", RestartPolicy=policy),
        ).outcome
        == "right"
    )


@pytest.mark.parametrize(("cmd", "outcome"), [(["/bin/bash"], "right"), (["echo", "hi"], "partly right")])
def test_a_container_that_only_holds_a_volume_need_not_have_run(cmd: list[str], outcome: str) -> None:
    def holder(status: str) -> Story:
        def story(engine: Engine) -> None:
            engine.mount(engine.run("data2", "ubuntu", cmd=cmd, status=status), "/data")

        return story

    assert judge(holder("exited"), holder("created")).outcome == outcome


def test_a_container_without_a_volume_must_run_when_the_reference_runs_it() -> None:
    def shell(status: str) -> Story:
        return lambda e: e.run("box", "ubuntu", cmd=["bash"], status=status)

    assert judge(shell("exited"), shell("created")).outcome == "partly right"


def test_the_folder_of_a_mount_is_no_file_of_the_container() -> None:
    def mounted(*changes: tuple[str, str]) -> Story:
        def story(engine: Engine) -> None:
            identity = engine.run("box", "ubuntu", cmd=["true"], status="exited")
            engine.mount(identity, "/srv/data")
            engine.changes[identity] = changes

        return story

    made = (("C", "/srv"), ("A", "/srv/data"))
    assert judge(mounted(*made), mounted()).outcome == "right"
    assert judge(mounted(*made, ("A", "/srv/note")), mounted()).outcome == "partly right"


def test_a_paused_container_that_is_restarted_did_not_just_go_on() -> None:
    def going_on(engine: Engine) -> None:
        engine.containers[only(engine)]["State"].update(Status="running")

    paused: Story = lambda e: e.run("web", status="paused")  # noqa: E731
    assert judge(going_on, going_on, paused).outcome == "right"
    assert judge(going_on, lambda e: e.start(only(e)), paused).outcome == "partly right"


def test_a_container_made_anew_is_told_as_one_thing() -> None:
    def anew(engine: Engine) -> None:
        engine.remove(only(engine))
        engine.run("web", Memory=256 << 20)

    verdict = judge(
        lambda e: e.containers[only(e)]["HostConfig"].update(Memory=256 << 20),
        anew,
        lambda e: e.run("web", Memory=128 << 20),
    )
    open_ = [difference.sentence for difference in verdict.differences if not difference.met]
    assert open_[0] == "container web was removed and made anew; the task asks to change the one that is there."
    assert not any("left over" in sentence for sentence in open_)


@pytest.mark.parametrize(("field", "value", "said"), [
    ("Memory", 128 << 20, "128 MiB"), ("NanoCpus", 500_000_000, "0.5 CPU"), ("Memory", 1 << 30, "1 GiB"),
])  # fmt: skip
def test_limits_are_written_as_people_write_them(field: str, value: int, said: str) -> None:
    verdict = judge(lambda e: e.run("web", **{field: value}), lambda e: e.run("web"))
    assert said in verdict.feedback


def test_what_the_sandbox_gives_every_container_is_no_effect() -> None:
    plain = judge(lambda e: e.run("web", OomScoreAdj=500), lambda e: e.run("web", OomScoreAdj=500))
    assert not any("OomScoreAdj" in goal.what for goal in plain.differences)
    asked = judge(lambda e: e.run("web", OomScoreAdj=700), lambda e: e.run("web", OomScoreAdj=500))
    assert asked.outcome != "right"


def test_what_lacks_is_told_before_what_is_too_much() -> None:
    verdict = judge(lambda e: e.run("web"), lambda e: e.run("wbe", "mysql"))
    open_ = [difference.sentence for difference in verdict.differences if not difference.met]
    assert "should" in open_[0] or "asks for" in open_[0] or "missing" in open_[0]
    network = judge(lambda e: e.network("back"), lambda e: e.network("front"))
    sentences = [difference.sentence for difference in network.differences]
    assert [("missing" in sentence, "left over" in sentence) for sentence in sentences] == [(True, False), (False, True)]


def test_an_error_that_goes_on_in_the_next_line_is_quoted_whole() -> None:
    def refused(engine: Engine) -> None:
        engine.say("docker: Error response from daemon: invalid endpoint settings:\nuser specified IP address is not supported")

    verdict = judge(lambda e: e.run("web"), refused)
    assert "invalid endpoint settings: user specified IP address is not supported”" in verdict.feedback


def test_an_author_may_narrow_and_widen() -> None:
    def other_variable(engine: Engine) -> str:
        return engine.run("web", PortBindings=PORT, RestartPolicy={"Name": "always"})

    assert judge(lambda e: e.run("web", PortBindings=PORT), other_variable).outcome != "right"
    assert (
        judge(lambda e: e.run("web", PortBindings=PORT), other_variable, declared=("ports", "state")).outcome
        == "right"
    )
    assert (
        judge(lambda e: e.run("web", PortBindings=PORT), other_variable, declared=("-restart",)).outcome
        == "right"
    )
    with pytest.raises(ValueError, match="compare: unknown colour"):
        judge(lambda e: e.run("web"), lambda e: e.run("web"), declared=("colour",))


@pytest.mark.parametrize(
    ("ended", "start"),
    [
        ("timeout", "Your commands did not end within"),
        ("output", "Your commands printed without end"),
        ("engine", "Your commands stopped or blocked the Docker engine"),
    ],
)
def test_an_answer_that_never_ends_is_wrong_with_its_reason(ended: str, start: str) -> None:
    engine = Engine(1)
    engine.run("web")
    verdict = compare(engine.done(), engine.done(ended=ended), language="en", script="docker logs -f web")
    assert verdict.outcome == "wrong"
    assert verdict.feedback.startswith(start)


def test_the_engine_is_quoted() -> None:
    def clash(engine: Engine) -> None:
        engine.run("web", status="created", PortBindings=PORT)
        engine.say(
            "docker: Error response from daemon: Bind for 0.0.0.0:8080 failed: port is already allocated."
        )

    verdict = judge(lambda e: e.run("web", PortBindings=PORT), clash)
    assert (
        "The engine said: “docker: Error response from daemon: Bind for 0.0.0.0:8080 failed"
        in verdict.feedback
    )


@pytest.mark.parametrize(("entrypoint", "command", "outcome"), [
    (["echo"], ["hello"], "right"), (["/bin/echo"], ["hello"], "right"),
    (["/bin/sh", "-c", "echo"], ["hello"], "partly right"), (["/bin/sh", "-c", "echo hello"], None, "partly right"),
])  # fmt: skip
def test_an_entry_point_that_drops_its_arguments_is_another(
    entrypoint: list[str], command: list[str] | None, outcome: str
) -> None:
    def build(entrypoint: list[str], command: list[str] | None) -> Story:
        return lambda e: e.images.update({"say:1": image("say:1", Entrypoint=entrypoint, Cmd=command)})

    verdict = judge(build(["echo"], ["hello"]), build(entrypoint, command))
    assert verdict.outcome == outcome


def test_an_entry_point_without_arguments_may_be_written_as_a_script() -> None:
    def build(entrypoint: list[str]) -> Story:
        return lambda e: e.images.update({"say:1": image("say:1", Entrypoint=entrypoint, Cmd=None)})

    assert judge(build(["echo", "hi"]), build(["/bin/sh", "-c", "echo hi"])).outcome == "right"


@pytest.mark.parametrize(("text", "answer", "outcome"), [
    ("The container job ends with the exit code 3.", ["bash"], "right"),
    ("The container job ends with the exit code 3.", ["sh", "-c", "(exit 3)"], "right"),
    ("The container job runs `exit 3`.", ["bash"], "partly right"),
])  # fmt: skip
def test_a_command_that_only_ends_is_seen_by_its_exit_code(text: str, answer: list[str], outcome: str) -> None:
    def end(command: list[str], code: int = 3) -> Story:
        def story(engine: Engine) -> None:
            engine.containers[engine.run("job", "ubuntu", command, status="exited")]["State"]["ExitCode"] = code

        return story

    reference = end(["bash", "-c", "exit 3"])
    assert judge(reference, end(answer), text=text).outcome == outcome
    assert judge(reference, end(["bash", "-c", "exit 2"], 2), text=text).outcome != "right"


def test_a_share_of_processors_may_be_written_as_a_quota() -> None:
    half = judge(lambda e: e.run("lim", NanoCpus=500_000_000), lambda e: e.run("lim", CpuQuota=50_000))
    assert half.outcome == "right"
    other = judge(lambda e: e.run("lim", NanoCpus=500_000_000), lambda e: e.run("lim", CpuQuota=50_000, CpuPeriod=50_000))
    assert other.outcome == "partly right"


def test_a_tmpfs_with_options_it_has_anyway_is_a_plain_one() -> None:
    def mount(options: str) -> Story:
        return lambda e: e.run("web", Tmpfs={"/tmp": options})

    assert judge(mount(""), mount("rw,noexec")).outcome == "right"
    assert judge(mount(""), mount("size=1m")).outcome == "partly right"


@pytest.mark.parametrize(("script", "outcome"), [
    ("docker run --rm alpine cat /etc/alpine-release", "right"),
    ("docker run --rm alpine sh -c 'echo $(cat /etc/alpine-release)'", "right"),
    ("docker run --rm alpine echo 3.20.3", "wrong"), ("docker run --rm alpine sh -c 'echo 3.20.3'", "wrong"),
    ("sudo docker run --rm alpine printf '3.20.3\\n'", "wrong"),
])  # fmt: skip
def test_a_container_that_only_echoes_the_text_did_not_read_it(script: str, outcome: str) -> None:
    def read(engine: Engine) -> None:
        engine.say("3.20.3\n")

    reference = "docker run --rm alpine cat /etc/alpine-release"
    assert judge(read, read, script=script, reference_script=reference).outcome == outcome


def test_a_reference_that_has_a_container_echo_may_be_followed() -> None:
    script = "docker run --rm alpine echo hello"
    verdict = judge(lambda e: e.say("hello\n"), lambda e: e.say("hello\n"), script=script, reference_script=script)
    assert verdict.outcome == "right"


@pytest.mark.parametrize(("script", "outcome"), [
    ("for c in web db; do echo \"$(docker inspect -f '{{.Id}}' $c) $c\"; done | sort | tail -1|cut -d' ' -f2", "right"),
    ("for c in web db; do [ $(docker inspect -f '{{.RestartCount}}' $c) = 3 ] && best=$c; done; echo $best", "right"),
    ("docker ps -q >/dev/null; for c in db; do echo $c; done", "wrong"), ("docker ps -q >/dev/null; c=db; echo $c", "wrong"),
    ("docker ps -q >/dev/null; echo db", "wrong"),
])  # fmt: skip
def test_a_choice_from_a_loop_is_read_and_a_loop_over_the_answer_is_not(script: str, outcome: str) -> None:
    reference = "docker inspect -f '{{.RestartCount}} {{.Name}}' web db | sort -n | tail -1 | cut -d/ -f2"
    verdict = judge(lambda e: e.say("db\n"), lambda e: e.say("db\n"), script=script, reference_script=reference)
    assert verdict.outcome == outcome


@pytest.mark.parametrize(("reference", "wanted", "found", "outcome"), [
    ("docker exec box chmod +x /run.sh", 0o755, 0o755, "right"), ("docker exec box chmod +x /run.sh", 0o755, 0o744, "right"),
    ("docker exec box chmod +x /run.sh", 0o755, 0o644, "wrong"),
    ("docker exec box chmod 755 /run.sh", 0o755, 0o777, "wrong"),
    ("docker exec box chmod 640 /run.sh", 0o640, 0o640, "right"),
    ("docker exec box chmod 640 /run.sh", 0o640, 0o644, "wrong"),
    ("docker cp run.sh box:/run.sh", 0o644, 0o664, "right"),
])  # fmt: skip
def test_permissions_in_a_container_count_where_they_were_chosen(reference: str, wanted: int, found: int, outcome: str) -> None:
    def write(mode: int) -> Run:
        engine = Engine(1)
        box = engine.run("box")
        engine.begin()
        engine.execute(box, "chmod")
        engine.changes[box] = (("A", "/run.sh"),)
        entry = ["run.sh", "file", mode, 3, "d1", "hi\n"]
        return engine.done(probes={PROBE: "0\n" + json.dumps({"changes": {box: [entry]}})})

    verdict = compare(write(wanted), write(found), language="en", script="docker exec box …", reference_script=reference)
    assert verdict.outcome == outcome
