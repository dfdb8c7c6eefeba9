"""What holds for every run: it equals itself, ids and times never matter, every goal does."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.effects import ASPECTS, compare, goals_in
from quizzes.effects.names import command_line, image_name
from quizzes.effects.wording import wording
from sandboxes.effects import Run, Snapshot
from tests.quizzes.effects.engine import Engine

quick = settings(deadline=None, max_examples=40)
SCRIPT = "docker …"

ports = st.dictionaries(
    st.sampled_from(["80/tcp", "8080/tcp", "53/udp"]),
    st.sampled_from(["", "80", "8080", "9000"]).map(lambda port: [{"HostIp": "", "HostPort": port}]),
    max_size=2,
)
containers = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "web", "db", "cache-1"]),
        "of": st.sampled_from(["tomcat", "ubuntu", "ubuntu:14.04", "mysql"]),
        "status": st.sampled_from(["running", "exited", "created", "paused"]),
        "PortBindings": ports,
        "PublishAllPorts": st.booleans(),
        "AutoRemove": st.booleans(),
        "Memory": st.sampled_from([0, 64 << 20]),
        "RestartPolicy": st.sampled_from(["no", "always"]).map(
            lambda name: {"Name": name, "MaximumRetryCount": 0}
        ),
        "env": st.lists(st.sampled_from(["A=1", "B=", "C=x y"]), max_size=2, unique=True),
        "User": st.sampled_from(["", "1000", "root"]),
        "mounts": st.lists(
            st.tuples(st.sampled_from(["/data", "/srv"]), st.sampled_from(["", "vol"])),
            max_size=2,
            unique_by=lambda m: m[0],
        ),
    }
)
stories = st.fixed_dictionaries(
    {
        "old": st.lists(containers, max_size=3),
        "new": st.lists(containers, max_size=3),
        "stop": st.booleans(),
        "remove": st.booleans(),
        "volume": st.sampled_from(["", "vol", "data"]),
        "network": st.sampled_from(["", "back"]),
        "tag": st.sampled_from(["", "mine:v1"]),
        "file": st.sampled_from(["", "out.txt"]),
    }
)


def play(story: dict[str, Any], seed: int, *, skip: int = -1) -> Run:
    """Play a story on a fresh engine; `skip` leaves out one of its new containers."""
    engine = Engine(seed)
    used: set[str] = set()
    olds = [make(engine, row, used) for row in story["old"]]
    engine.begin()
    running = [identity for identity in olds if engine.containers[identity]["State"]["Status"] == "running"]
    if story["stop"] and running:
        engine.stop(running[0])
    if story["remove"] and olds:
        engine.remove(olds[-1])
    for index, row in enumerate(story["new"]):
        if index != skip:
            make(engine, row, used)
    if story["volume"]:
        engine.volume(story["volume"])
    if story["network"]:
        engine.network(story["network"])
    if story["tag"]:
        engine.tag("tomcat:latest", story["tag"])
    if story["file"]:
        engine.write(story["file"], "hello\n")
    return engine.done()


def make(engine: Engine, row: dict[str, Any], used: set[str]) -> str:
    more = copy.deepcopy({key: value for key, value in row.items() if key not in ("name", "mounts")})
    name = row["name"] if row["name"] not in used else ""
    used.add(name)
    identity = engine.run(name, **more)
    for target, volume in row["mounts"]:
        engine.mount(identity, target, volume)
    return identity


def outcome(reference: Run, answer: Run) -> str:
    return compare(reference, answer, language="en", script=SCRIPT, reference_script=SCRIPT).outcome


def has_goals(run: Run) -> bool:
    return bool(goals_in(run, script=SCRIPT))


@quick
@given(stories)
def test_a_run_compared_with_itself_is_right(story: dict[str, Any]) -> None:
    run = play(story, 1)
    if has_goals(run):
        assert outcome(run, run) == "right"


@quick
@given(stories, st.integers(2, 4))
def test_other_ids_names_addresses_and_times_never_matter(story: dict[str, Any], seed: int) -> None:
    run = play(story, 1)
    if has_goals(run):
        assert outcome(run, play(story, seed)) == "right"


@quick
@given(stories, st.randoms(use_true_random=False))
def test_the_order_of_lists_never_matters(story: dict[str, Any], rng: random.Random) -> None:
    run = play(story, 1)
    if has_goals(run) and len(story["new"]) < 2:
        assert (
            outcome(run, replace(run, before=shuffled(run.before, rng), after=shuffled(run.after, rng)))
            == "right"
        )


def shuffled(snapshot: Snapshot, rng: random.Random) -> Snapshot:
    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(rng.sample(rows, len(rows)))

    containers = copy.deepcopy(snapshot.containers)
    for row in containers:
        rng.shuffle(row["Mounts"])
        rng.shuffle(row["Config"]["Env"])
    return replace(
        snapshot,
        containers=containers,
        images=mixed(snapshot.images),
        volumes=mixed(snapshot.volumes),
        networks=mixed(snapshot.networks),
        files=mixed(snapshot.files),
    )


@quick
@given(stories, st.data())
def test_leaving_out_a_container_is_never_right(story: dict[str, Any], data: st.DataObject) -> None:
    if story["new"]:
        skip = data.draw(st.integers(0, len(story["new"]) - 1))
        assert outcome(play(story, 1), play(story, 2, skip=skip)) != "right"


@quick
@given(stories)
def test_doing_nothing_is_always_wrong(story: dict[str, Any]) -> None:
    run = play(story, 1)
    if has_goals(run):
        nothing = replace(run, after=run.before, events=(), output="")
        verdict = compare(run, nothing, language="en", script="true", reference_script=SCRIPT)
        assert (verdict.outcome, verdict.score) == ("wrong", 0.0)


MUTATIONS: dict[str, Any] = {
    "image": lambda row: row["Config"].update(Image="other:1"),
    "port": lambda row: row["HostConfig"]["PortBindings"].update(
        {"99/tcp": [{"HostIp": "", "HostPort": "99"}]}
    ),
    "restart": lambda row: row["HostConfig"].update(
        RestartPolicy={"Name": "on-failure", "MaximumRetryCount": 2}
    ),
    "autoremove": lambda row: row["HostConfig"].update(AutoRemove=not row["HostConfig"]["AutoRemove"]),
    "user": lambda row: row["Config"].update(User="4242"),
    "memory": lambda row: row["HostConfig"].update(Memory=4242),
    "privileged": lambda row: row["HostConfig"].update(Privileged=True),
    "mount": lambda row: row["Mounts"].append(
        {"Type": "bind", "Source": "/", "Destination": "/host", "RW": True}
    ),
    "network": lambda row: row["NetworkSettings"]["Networks"].update({"other": {}}),
    "state": lambda row: row["State"].update(Status="dead"),
    "mode": lambda row: row["HostConfig"].update(NetworkMode="host"),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
@quick
@given(stories, st.data())
def test_every_single_mutation_of_a_new_container_is_not_right(
    mutation: str, story: dict[str, Any], data: st.DataObject
) -> None:
    run = play(story, 1)
    old = {row["Id"] for row in run.before.containers}
    new = [index for index, row in enumerate(run.after.containers) if row["Id"] not in old]
    if new:
        rows = copy.deepcopy(run.after.containers)
        MUTATIONS[mutation](rows[data.draw(st.sampled_from(new))])
        assert outcome(run, replace(run, after=replace(run.after, containers=rows))) != "right"


@quick
@given(stories, st.sampled_from(["volume", "network", "tag", "file", "remove", "stop"]))
def test_every_other_goal_left_out_is_not_right(story: dict[str, Any], what: str) -> None:
    run, without = play(story, 1), play({**story, what: type(story[what])()}, 2)
    if set(goals_in(run, script=SCRIPT)) - set(goals_in(without, script=SCRIPT)):
        assert outcome(run, without) != "right"


@quick
@given(stories, stories)
def test_what_is_right_one_way_breaks_no_comparison_the_other_way(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    first, second = play(one, 1), play({**other, "old": one["old"]}, 2)
    if has_goals(first):
        for language in ("zh", "en"):
            verdict = compare(first, second, language=language, script=SCRIPT, reference_script=SCRIPT)
            assert 0.0 <= verdict.score <= 1.0
            assert (verdict.outcome == "right") == (
                verdict.score == 1.0 and all(row.met for row in verdict.differences)
            )
            assert all("{" not in row.sentence for row in verdict.differences)


garbage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@quick
@given(
    st.sampled_from(
        ["Config", "HostConfig", "State", "Mounts", "NetworkSettings", "Name", "Image", "Created"]
    ),
    garbage,
)
def test_a_hostile_engine_cannot_break_the_comparison(part: str, value: Any) -> None:
    engine = Engine(1)
    engine.begin()
    engine.run("web")
    run = engine.done()
    rows = copy.deepcopy(run.after.containers)
    rows[0][part] = value
    compare(
        run,
        replace(run, after=replace(run.after, containers=rows)),
        language="zh",
        script=SCRIPT,
        reference_script=SCRIPT,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages_have_the_same_sentences(language: str) -> None:
    own, other = wording(language), wording("en")
    assert own.phrases.keys() == other.phrases.keys()
    assert own.values.keys() == other.values.keys()
    assert own.what.keys() == other.what.keys() == ASPECTS.keys()


@pytest.mark.parametrize(
    ("reference", "full"),
    [
        ("tomcat", "tomcat:latest"),
        ("docker.io/library/tomcat", "tomcat:latest"),
        ("ubuntu:14.04", "ubuntu:14.04"),
        ("dl.dockerpool.com:5000/ubuntu", "dl.dockerpool.com:5000/ubuntu:latest"),
        ("training/postgres", "training/postgres:latest"),
    ],
)
def test_image_names_are_written_in_full(reference: str, full: str) -> None:
    assert image_name(reference) == full


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["/bin/echo", "hi"], ["sh", "-c", "echo hi"]),
        (["bash", "-c", "a;  b"], ["/bin/sh", "-c", "a\nb\n"]),
        (["sh", "-c", "while true;do x;done"], ["sh", "-c", "while :; do x; done"]),
        (["sh", "-c", "while true;do x;sleep 2;done"], ["bash", "-c", "while x; do sleep 2s; done"]),
        (["sh", "-c", "while true;do x >f;sleep 2;done"], ["bash", "-c", "while sleep 2\ndo\n  x > f\ndone"]),
        (["sh", "-c", "while true;do x;done"], ["bash", "-c", "for ((;;)); do x; done"]),
        (["sleep", "600"], ["/bin/sleep", "10m"]),
        (["sh", "-c", "x; sleep 3600"], ["sh", "-c", "x;sleep 1h"]),
        (["sleep", "infinity"], ["sleep", "inf"]),
        (["sh", "-c", "while [ 1 ];do echo 'a';done"], ["sh", "-c", 'until false; do echo "a"; done']),
    ],
)
def test_commands_that_mean_the_same_are_the_same(one: list[str], other: list[str]) -> None:
    assert command_line(one) == command_line(other)


def test_commands_that_differ_stay_different() -> None:
    assert command_line(["sh", "-c", "echo $HOME"]) != command_line(["echo", "$HOME"])
    assert command_line(["bash"]) != command_line(["sh"])
    loop = ["sh", "-c", "while true; do x; sleep 2; done"]
    assert command_line(loop) != command_line(["sh", "-c", "while true; do x; sleep 20; done"])
    assert command_line(loop) != command_line(["sh", "-c", "while test -e y; do x; sleep 2; done"])
    assert command_line(loop) != command_line(["sh", "-c", "x; sleep 2"])
