# ruff: noqa: E501 - a case stays on its line
"""Typed commands are equal by meaning, typed words by what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.commands import canonical_line, same_command
from quizzes.goals import goal_of
from quizzes.typed import same_answer

EQUAL = [
    (
        "docker run -itd -p 8080:8080 tomcat",
        "sudo docker container run --publish=8080:8080/tcp -i -t --detach tomcat:latest",
    ),
    ("docker ps -aq", "docker container ls --quiet --all"),
    ("docker rm -f $(docker ps -aq)", "docker rm --force `docker container ls -qa`"),
    ("docker stop -t 3 web", "docker stop web --time=3"),
    ("docker export web > a.tar", "docker export -o a.tar web"),
    ("docker run -v $(pwd):/data ubuntu", 'docker run --volume="$PWD":/data ubuntu'),
    ("docker tag docker.io/ubuntu:latest a:v2", "docker image tag ubuntu a:v2"),
    ("tar -xzf a.tar -C /x", "tar xzf a.tar --directory=/x"),
    ("git commit -am 'one two'", 'git commit --all --message="one two"'),
    ("head -n5 file", "head -n 5 file"),
    ("chmod -R 755 dir", "chmod 755 --recursive dir"),
]
DIFFERENT = [
    ("docker run -p 80:80 nginx", "docker run -P nginx"),
    ("docker run -p 8080:80 nginx", "docker run -p 80:8080 nginx"),
    ("docker run ubuntu ls -la", "docker run ubuntu ls -a"),
    ("docker stop web", "docker kill web"),
    ("docker rm web", "docker rmi web"),
    ("docker rm web", "docker rm -f web"),
    ("docker run ubuntu:14.04", "docker run ubuntu"),
    ("docker tag a b", "docker tag b a"),
    ("tar -cf a.tar dir", "tar -c a.tar -f dir"),
    ("git reset --hard", "git reset --soft"),
    ("cat a > b", "cat a >> b"),
    ("a && b", "a || b"),
    ("echo '$HOME'", "echo $HOME"),
]


@pytest.mark.parametrize(("first", "second"), EQUAL)
def test_equal_commands(first, second):
    assert same_command(first, second)
    assert same_command(second, first)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_different_commands(first, second):
    assert not same_command(first, second)


@pytest.mark.parametrize("text", ["", "   ", "echo 'open", "$(", '"', "x" * 5000])
def test_what_cannot_be_read_equals_nothing(text):
    assert canonical_line(text) is None
    assert not same_command(text, text)


SWITCHES = {"-d": "--detach", "-i": "--interactive", "-t": "--tty", "-P": "--publish-all"}
VALUES = {"-e": "--env", "-v": "--volume", "-w": "--workdir", "--name": "--name"}
WORD = st.from_regex(r"[a-z][a-z0-9]{0,7}", fullmatch=True)


@st.composite
def rewritten(draw):
    """One `docker run` in two spellings."""
    switches = draw(st.lists(st.sampled_from(sorted(SWITCHES)), unique=True))
    values = draw(st.dictionaries(st.sampled_from(sorted(VALUES)), WORD))
    plain = [*switches, *(f"{flag} {value}" for flag, value in values.items())]
    other = [draw(st.sampled_from([flag, SWITCHES[flag]])) for flag in switches]
    for flag, value in values.items():
        long = VALUES[flag]
        other.append(draw(st.sampled_from([f"{flag} {value}", f"{long}={value}", f"{long} '{value}'"])))
    image = draw(WORD)
    first = " ".join(["docker run", *plain, image])
    second = " ".join(["docker container run", *draw(st.permutations(other)), f"{image}:latest"])
    return first, second


@given(rewritten())
def test_rewriting_a_run_changes_nothing(pair):
    assert same_command(*pair)


@given(rewritten(), st.sampled_from(sorted(SWITCHES)))
def test_one_switch_more_or_less_is_another_command(pair, switch):
    first, second = pair
    changed = second.replace("run", f"run {SWITCHES[switch]}", 1)
    spelled = f" {first} "
    if f" {switch} " not in spelled:
        assert not same_command(first, changed)


@given(st.text(max_size=60))
def test_no_text_raises(text):
    assert same_command(text, text) == (canonical_line(text) is not None)


@pytest.mark.parametrize(
    ("typed", "form"),
    [("Ｄｏｃｋｅｒ　ｒｕｎ", "docker run"), ("sigterm", "SIGTERM"), ("只读。", "只读"), ("主机 端口", "主机端口"), ("repositry", "Repository"),
     ("hypervisro", "Hypervisor"), ("`-p`", "-P".lower()), ("10 秒", "10秒")],
)  # fmt: skip
def test_accepted_words(typed, form):
    assert same_answer(typed, [form])


@pytest.mark.parametrize(
    ("typed", "form"),
    [("8081", "8080"), ("可读", "只读"), ("", "x"), ("tmp", "top"), ("/tmp", "/top"), ("SIGKILL", "SIGTERM"), ("镜象", "镜像"), ("12", "10")],
)  # fmt: skip
def test_refused_words(typed, form):
    assert not same_answer(typed, [form])


def test_a_slip_that_is_another_term_is_refused():
    assert same_answer("contanier", ["container"])
    assert not same_answer("attach", ["attack"], other_terms=["attach"])


@given(st.from_regex(r"[a-z]{5,12}", fullmatch=True), st.integers(0, 11))
def test_one_letter_left_out_is_forgiven(word, place):
    assert same_answer(word[: place % len(word)] + word[place % len(word) + 1 :], [word])


@given(st.integers(0, 99999), st.integers(0, 99999))
def test_numbers_must_be_exact(typed, form):
    assert same_answer(str(typed), [str(form)]) == (typed == form)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("git checkout -- notes.txt", "git restore notes.txt"),
        ("git checkout topic", "git switch topic"),
        ("git checkout -b topic", "git switch -c topic"),
        ("git reset HEAD notes.txt", "git restore --staged notes.txt"),
        ("git stash", "git stash push"),
        ("kubectl describe pod web", "kubectl describe pod/web"),
    ],
)
def test_a_line_of_other_words_that_does_the_same_is_right_as_well(line, other):
    assert other_lines(line, other)


def other_lines(line: str, other: str) -> bool:
    goal = goal_of(line, (), "en")
    return goal is not None and any(same_command(other, form) for form in goal.lines)


def test_a_file_is_no_branch():
    assert not other_lines("git checkout notes.txt", "git switch notes.txt")
    assert goal_of("git checkout whatever --patch", (), "en") is None


@pytest.mark.parametrize(("line", "wrong"), [
    ("git checkout topic", "git restore topic"), ("git checkout HEAD notes.txt", "git restore HEAD notes.txt"),
    ("git checkout -b topic", "git restore -b topic"), ("git reset --hard HEAD~1", "git restore --staged --hard HEAD~1"),
    ("git reset HEAD~1", "git reset HEAD HEAD~1"),
])  # fmt: skip
def test_a_line_of_two_meanings_lends_none_of_them(line: str, wrong: str):
    assert not other_lines(line, wrong)
