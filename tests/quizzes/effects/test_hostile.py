"""Answers and outputs made to keep the judge busy: each once took minutes, and the limit is far above what they need."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from quizzes.effects import compare
from quizzes.effects.script import read_script
from sandboxes.effects import FileEntry
from tests.quizzes.effects.engine import Engine

pytestmark = pytest.mark.timeout(100)

SIZE = 64 * 1024
WORDS = " ".join(f"{random.Random(seed).randrange(2**32):08x}" for seed in range(7000))
OUTPUTS = {
    "letters": "x" * SIZE, "digits": "1" * SIZE, "keys": "a:" * (SIZE // 2), "words": WORDS, "lines": WORDS.replace(" ", "\n"),
    "blanks": " " * SIZE, "line ends": "\n" * SIZE, "brackets": "<[{" * (SIZE // 3), "escapes": "\x1b[31m" * (SIZE // 5),
    "marks on a letter": "e" + "\u0301" * SIZE, "not found": "x: " * (SIZE // 3) + "not found",
}  # fmt: skip
SCRIPTS = {
    "loops in loops": "for x in $x; do echo $x;" * 1200 + "done;" * 1200,
    "substitutions": "echo $(" * 4000 + ")" * 4000,
    "a pipeline": "|".join(["id"] * 9000) + "|docker ps",
    "half of a character": "echo \ud800",
}


def run(output: str):
    engine = Engine(1)
    engine.run("old")
    engine.begin()
    return replace(engine.done(), output=output)


HONEST = run("CONTAINER ID   IMAGE\nabc123def456   tomcat\nold\n")


@pytest.mark.parametrize("output", OUTPUTS.values(), ids=OUTPUTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_output_made_to_be_slow_is_wrong(output, language):
    verdict = compare(HONEST, run(output), language=language, script="docker ps", reference_script="docker ps")
    assert verdict.outcome == "wrong"
    assert len(verdict.feedback) < 2000


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_made_to_be_slow_proves_nothing(script):
    read = read_script(script)
    assert read.text == script
    verdict = compare(HONEST, HONEST, language="en", script=script, reference_script="docker ps")
    assert (verdict.outcome, read.asks_engine) == ("wrong", False)


def test_an_echo_behind_a_tangle_is_still_an_echo():
    script = "docker ps >/dev/null\n" + SCRIPTS["loops in loops"] + "\necho abc123def456 tomcat old"
    verdict = compare(HONEST, HONEST, language="en", script=script, reference_script="docker ps")
    assert verdict.outcome == "wrong"


def test_thousands_of_long_files_are_read_in_part():
    files = tuple(FileEntry(f"f{number}", "file", 0o644, 4000, "0" * 64, "abc\n" * 1000) for number in range(2000))
    many = replace(HONEST, after=replace(HONEST.after, files=files))
    assert compare(HONEST, many, language="en", script="docker ps", reference_script="docker ps").differences
