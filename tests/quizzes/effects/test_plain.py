"""Files, processes, git and plain reading, compared without an engine: two runs written by hand, one verdict."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizzes.effects import compare, goals_in
from quizzes.effects.contents import PROBE
from quizzes.effects.plain import PlainReader
from quizzes.effects.readings import AGAIN, is_ordered
from sandboxes.effects import FileEntry, Run, Snapshot

NOON = 1_700_049_600.0  # a day in 2023, 12:00 UTC


def file(path: str, text: str = "", **more: Any) -> FileEntry:
    known = {"kind": "file", "mode": 0o644, "size": len(text), "digest": f"digest of {text!r}", "text": text}
    return FileEntry(path, **{**known, "owner": "0:0", "modified": NOON - 1, **more})


def run(before: list[FileEntry], after: list[FileEntry], **more: Any) -> Run:
    shots = [Snapshot((), {}, {}, (), (), {}, (), tuple(files)) for files in (before, after)]
    return Run(shots[0], shots[1], (), (), more.pop("output", ""), False, 0, 0.1, "done", "", began=NOON, **more)


def verdict(reference: Run, answer: Run, reference_script: str = "some command", script: str = "other command") -> str:
    return compare(
        reference, answer, language="en", script=script, reference_script=reference_script
    ).outcome  # fmt: skip


START = [file("a.txt", "one\n"), file("b.txt", "two\n")]
RUN = file("a.txt", "one\n", mode=0o755)
CASES = [
    # what the reference leaves, what the answer leaves, the verdict
    ([*START, file("c", "x\n")], [*START, file("c", "x")], "right"),
    ([*START, file("c", "x  y\n")], [*START, file("c", "x y\n")], "wrong"),
    ([*START, file("c", "NAME\n")], [*START, file("c", "")], "wrong"),
    ([START[0]], [START[0]], "right"),
    ([START[0]], [START[1]], "wrong"),
    ([START[0]], [], "partly right"),
    ([START[0]], [START[0], file("b.bak", "two\n")], "partly right"),
    ([START[0]], [START[0], file("empty")], "right"),
    ([START[0], file("c.txt", "two\n")], [START[0], file("c.txt", "two\n")], "right"),
    ([START[0], file("c.txt", "two\n")], [START[0], file("d.txt", "two\n")], "partly right"),
    ([RUN, START[1]], [RUN, START[1]], "right"),
    ([RUN, START[1]], [file("a.txt", "one\n", mode=0o744), START[1]], "wrong"),
    ([RUN, START[1]], [RUN, file("b.txt", "two\n", mode=0o755)], "partly right"),
    ([file("a.txt", "one\n", owner="1:1"), START[1]], [file("a.txt", "one\n", owner="1:2"), START[1]], "wrong"),
    ([*START, file("l", kind="link", digest="a.txt")], [*START, file("l", kind="link", digest="/home/lab/work/a.txt")], "right"),
    ([*START, file("l", kind="link", digest="a.txt")], [*START, file("l", kind="link", digest="b.txt")], "wrong"),
    ([*START, file("l", kind="link", digest="a.txt")], [*START, file("l", "one\n")], "wrong"),
    ([*START, file("h", "one\n", twin="a.txt")], [*START, file("h", "one\n")], "partly right"),
    ([*START, file("d", kind="folder", mode=0o755)], [*START, file("d")], "wrong"),
    ([*START, file("c", "x\n"), file(".git/HEAD", "r")], [*START, file("c", "x\n")], "right"),
]  # fmt: skip


def test_an_empty_file_that_was_renamed_is_not_deleted():
    start = [file("x.tmp"), file("keep")]
    assert verdict(run(start, start[1:]), run(start, [start[1], file("x.tmp.old")])) == "partly right"
    assert verdict(run(start, start[1:]), run(start, start[1:])) == "right"


@pytest.mark.parametrize(("wanted", "found", "outcome"), CASES)
def test_files_must_be_as_the_reference_leaves_them(wanted, found, outcome):
    assert verdict(run(START, wanted), run(START, found)) == outcome


EXTRACTED = [file("etc", kind="folder", mode=0o755), file("etc/app", "x\n")]


@pytest.mark.parametrize(
    ("more", "text", "outcome"),
    [
        ([file("etc/other", "y\n")], "", "partly right"),  # in a folder that the reference makes
        ([file("etc/lib", kind="folder", mode=0o755), file("etc/lib/z", "y\n")], "", "partly right"),
        ([file("etc/app.bak", "x\n")], "", "right"),
        ([file("list", "y\n")], "", "right"),  # a means to the end
        ([file("list", "y\n")], "Unpack only etc/app.", "right"),  # named by the script
        ([file("log", "y\n")], "Unpack only etc/app.", "partly right"),  # came with others
        ([file("log", "y\n")], "Unpack etc/app.", "right"),
    ],
)
def test_a_file_too_much_counts_where_the_reference_put_its_own_or_the_task_leaves_it_out(more, text, outcome):
    wanted, found = run(START, [*START, *EXTRACTED]), run(START, [*START, *EXTRACTED, *more])
    said = compare(wanted, found, language="en", script="cut -c1 names > list", reference_script="unpack", text=text)
    assert said.outcome == outcome


def test_beside_an_engine_new_permissions_are_told_as_such():
    start, done = [file("run.sh", "x\n")], file("done", "x\n")
    answer = run(start, [file("run.sh", "x\n", mode=0o755), done])
    said = compare(
        run(start, [*start, done]), answer, language="en", script="docker ps > done", reference_script="docker ps > done"
    )
    assert said.outcome == "partly right"
    assert "the permissions of run.sh were changed to 755" in said.feedback


def test_a_new_time_of_day_is_nobodys_goal():
    wanted, found = ([*START, file("log", f"started at {time}\n")] for time in ("12:00:03", "12:04:59"))
    assert verdict(run(START, wanted), run(START, found)) == "right"
    early = [*START, file("log", "started at 09:30:00\n")]
    assert verdict(run(START, wanted), run(START, early)) == "wrong"


def contents(*members: list[Any]) -> dict[str, str]:
    return {PROBE: "0\n" + json.dumps({"archives": {"a.tar.gz": list(members)}})}


PACKED = ["packed with gzip", "other", 0, 0, "", ""]
DOC, DOC_MODE = ["docs/a", "file", 420, 3, "d1", "x"], ["./docs/a", "file", 384, 3, "d1", "x"]


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ([PACKED, DOC], "right"),
        ([PACKED, ["docs", "folder", 493, 0, "", ""], DOC_MODE], "right"),
        ([DOC], "wrong"),
        ([PACKED, ["docs/a", "file", 420, 3, "d2", "y"]], "wrong"),
        ([PACKED, DOC, ["docs/b", "file", 420, 3, "d1", "x"]], "wrong"),
        ([PACKED, ["a", "file", 420, 3, "d1", "x"]], "wrong"),
    ],
)
def test_archives_are_compared_by_what_is_in_them(members, outcome):
    wanted = run(START, [*START, file("a.tar.gz", digest="1", text="")], probes=contents(PACKED, DOC))
    found = run(START, [*START, file("a.tar.gz", digest="2", text="")], probes=contents(*members))
    assert verdict(wanted, found) == outcome


def processes(before: list[str], after: list[str], left: tuple[str, ...] = ()) -> Run:
    rows = [[[number + 10, 1, "running", line] for number, line in enumerate(lines)] for lines in (before, after)]
    first, then = (f"0\n{json.dumps(row)}" for row in rows)
    return run(START, START, surveys={"processes": (first, then)}, left=left)


def test_processes_are_compared_by_their_commands():
    both = ["sleep 1000", "sleep 2000"]
    reference = processes(both, both[1:])
    assert verdict(reference, processes(both, both[1:])) == "right"
    assert verdict(reference, processes(both, both)) == "wrong"
    assert verdict(reference, processes(both, [])) == "partly right"
    assert verdict(reference, processes(both, both[1:], left=("sleep 3000",))) == "partly right"


def commit(name: str, tree: str, parents: list[str], message: str, number: str) -> dict[str, Any]:
    return {"id": name, "tree": tree, "parents": parents, "message": message, "author": "", "dated": 0, "hash": number * 20}


FIRST, SECOND = commit("c1", "t1", [], "First", "a1"), commit("c2", "t2", ["c1"], "Second", "b2")
THIRD = commit("c3", "t2", ["c1"], "Third", "c3")


def repository(*commits: dict[str, Any], **more: Any) -> dict[str, Any]:
    at = commits[-1]["id"]
    heads = more.pop("heads", {"refs/heads/main": [at, "", ""]})
    return {
        "bare": False, "head": "main", "at": at, "refs": heads, "staged": {}, "tracked": [], "stash": [], "config": {},
        "underway": [], "commits": {row["id"]: row for row in commits}, **more,
    }  # fmt: skip


def git(before: dict[str, Any], after: dict[str, Any], **more: Any) -> Run:
    said = ["0\n" + json.dumps({"repositories": {".": state}, "global": {}}) for state in (before, after)]
    return run(START, START, surveys={"git": (said[0], said[1])}, **more)


OLD = repository(FIRST)
BRANCHED = {"refs/heads/main": ["c1", "", ""], "refs/heads/topic": ["c1", "", ""]}
TAGGED = {"refs/heads/main": ["c1", "", ""], "refs/tags/v1": ["c1", "annotated", "note"]}
LIGHT = {"refs/heads/main": ["c1", "", ""], "refs/tags/v1": ["c1", "", ""]}


@pytest.mark.parametrize(
    ("wanted", "found", "outcome"),
    [
        (repository(FIRST, SECOND), repository(FIRST, {**SECOND, "hash": "f" * 40}), "right"),
        (repository(FIRST, SECOND), repository(FIRST, THIRD), "wrong"),
        (repository(FIRST, SECOND), OLD, "wrong"),
        (repository(FIRST, heads=BRANCHED), repository(FIRST, heads=BRANCHED), "right"),
        (repository(FIRST, heads=BRANCHED), repository(FIRST, heads=BRANCHED, head="topic"), "partly right"),
        (repository(FIRST, heads=TAGGED), repository(FIRST, heads=LIGHT), "wrong"),
        (repository(FIRST, staged={"a": "M 100644 1"}), repository(FIRST, staged={"a": "M 100644 1"}), "right"),
        (repository(FIRST, staged={"a": "M 100644 1"}), repository(FIRST, staged={"a": "M 100644 2"}), "wrong"),
        (repository(FIRST, stash=["t9 WIP on main: c1 First"]), repository(FIRST, stash=["t9 On main: note"]), "right"),
        (repository(FIRST, stash=["t9 On main: note"]), repository(FIRST, stash=["t9 WIP on main: c1 First"]), "partly right"),
        (repository(FIRST, config={"a.b": "1"}), repository(FIRST, config={"a.b": "1", "user.name": "Me"}), "right"),
        (repository(FIRST, config={"a.b": "1"}), repository(FIRST, config={"a.b": "1", "c.d": "2"}), "partly right"),
        (repository(FIRST, underway=["merge"]), OLD, "wrong"),
    ],
)  # fmt: skip
def test_repositories_are_compared_by_content(wanted, found, outcome):
    assert verdict(git(OLD, wanted), git(OLD, found)) == outcome


def reading(output: str, again: str) -> Run:
    return run(START, START, output=output, probes={AGAIN: f"0\n{again}"})


@pytest.mark.parametrize(
    ("key", "output", "again", "script", "outcome"),
    [
        ("grep -c x a.txt", "3\n", "7\n", "grep x a.txt | wc -l", "right"),
        ("grep -c x a.txt", "3\n", "3\n", "echo 3", "wrong"),
        ("grep -c x a.txt", "3\n", "9\n", "grep -c y a.txt", "wrong"),
        ("grep -c x a.txt", "a.txt: 3\n", "a.txt: 7\n", "grep -c x a.txt /dev/null", "right"),
        ("grep -c x a.txt", "", "", "true", "wrong"),
        ("find .", "./b\n./a\n", "./a\n./c\n", "find .", "right"),
        ("sort a.txt", "b\na\n", "c\na\n", "tac a.txt", "wrong"),
    ],
)
def test_what_is_read_must_be_read_on_a_changed_state_too(key, output, again, script, outcome):
    first, later = {"grep": ("3\n", "7\n"), "find": ("./a\n./b\n", "./c\n./a\n"), "sort": ("a\nb\n", "a\nc\n")}[key.split()[0]]
    assert verdict(reading(first, later), reading(output, again), key, script) == outcome


def test_a_text_that_no_state_changes_may_not_be_written_by_hand():
    constant = reading("KILL\n", "KILL\n")
    assert verdict(constant, reading("KILL\n", "KILL\n"), "kill -l 9", "kill -l 9") == "right"
    assert verdict(constant, reading("KILL\n", "KILL\n"), "kill -l 9", "echo KILL") == "wrong"


@pytest.mark.parametrize(("left", "outcome"), [
    ([], "right"), ([file("x.tmp.bak")], "partly right"), ([file("x.old")], "partly right"), ([file("sum.old")], "right"),
])  # fmt: skip
def test_an_empty_file_renamed_by_its_stem_is_not_deleted(left, outcome):
    start = [file("x.tmp"), file("keep.txt", "a\n")]
    assert (verdict(run(start, start[1:]), run(start, [*start[1:], *left])) == "right") is (outcome == "right")


def test_what_reads_another_thing_is_found_where_the_wanted_one_stays():
    wanted = reading("10.0.0.7\n", "10.0.0.7\n")
    often, first = "cut -d' ' -f1 a.log | sort | uniq -c | sort -rn | head -1 | awk '{print $2}'", "head -1 a.log | cut -d' ' -f1"
    assert verdict(wanted, reading("10.0.0.7\n", "10.0.0.7\n"), often, often) == "right"
    assert verdict(wanted, reading("10.0.0.7\n", "10.0.0.9\n"), often, first) == "wrong"


def test_hashes_are_read_by_what_they_name():
    state = repository(FIRST, SECOND)
    other = repository(FIRST, {**SECOND, "hash": "d4" * 20})
    one, two = git(state, state, output=f"{'b2' * 20}"[:7] + " Second\n"), git(other, other, output=f"{'d4' * 20} Second\n")
    one, two = (
        Run(**{**vars(found), "probes": {AGAIN: f"0\n{found.output}"}}) for found in (one, two)
    )  # fmt: skip
    assert verdict(one, two, "git log --oneline", "git log --format='%H %s'") == "right"


def test_a_reading_reference_has_the_output_as_its_goal():
    assert [spot.aspect for spot in goals_in(reading("3\n", "7\n"), script="grep -c x a.txt")] == ["output.told"]
    assert goals_in(run(START, START), script="true") == ()


@pytest.mark.parametrize(
    ("script", "ordered"),
    [("find . -name x", False), ("find . | sort", True), ("ls", False), ("ls -t", True), ("grep x a", True),
     ("grep -r x .", False), ("git branch", False), ("git log --oneline", True), ("head -3 a", True)],
)  # fmt: skip
def test_order_counts_where_the_command_gives_one(script, ordered):
    assert is_ordered(script) is ordered


@pytest.mark.parametrize(
    "state",
    [
        5, [1], {"refs": 5}, {"refs": {"refs/heads/a": 5, "refs/heads/b": ["x", 1]}}, {"commits": [1], "at": {}},
        {"commits": {"c": 1, "d": {"hash": 3, "message": []}}}, {"stash": 3, "config": {"a": {}}, "staged": {"b": 1}},
        {"underway": {"x": 1}, "head": None}, {"bare": "yes"},
    ],
)  # fmt: skip
def test_a_survey_of_any_shape_is_read(state):
    said = "0\n" + json.dumps({"repositories": {".": state, "x": state}, "global": state})
    strange = run(START, START, surveys={"git": ("0\n{}", said), "processes": ("0\n[]", json.dumps(state))}, output="x\n")
    assert verdict(git(OLD, repository(FIRST, SECOND)), strange) in ("wrong", "partly right")


def test_a_survey_that_says_nonsense_says_nothing():
    nonsense = run(START, START, surveys={"git": ("0\n[[[", "1\nerror"), "processes": ("0\n{}", "0\n[[1]]")})
    assert goals_in(nonsense, script="git status") == ()


def test_numbers_that_name_processes_are_read_as_commands():
    reader = PlainReader(run(START, START), {}, {"4711": "sleep 100"})
    assert reader.canonical("4711 and 47110") == "<process sleep 100> and 47110"
