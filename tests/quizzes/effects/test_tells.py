"""What two outputs tell: names in front of values, warnings and the echo of a terminal say nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from quizzes.effects.labels import Labels
from quizzes.effects.output import Reader
from quizzes.effects.script import read_script
from quizzes.effects.tells import compare_outputs
from tests.quizzes.effects.engine import Engine


def result(wanted: str, found: str, script: str = "docker inspect job") -> str:
    reader = Reader(Engine(1).done(), Labels())
    telling = compare_outputs(
        reader.told(wanted),
        reader.told(found),
        read_script(script),
        reference_text="docker inspect -f '{{.State.ExitCode}}' job",
        said=frozenset(),
        grown=Counter(),
    )
    return telling.result


@pytest.mark.parametrize("found", [
    '            "ExitCode": 3,', "ExitCode: 3", "EXIT_CODE=3", "WARNING: Running without cgroups.\n3", "^@^@^@3\r\n", '"3"',
])  # fmt: skip
def test_a_value_told_with_its_name_is_the_value(found: str) -> None:
    assert result("3\n", found) == "same"


@pytest.mark.parametrize(("found", "expected"), [
    ("4", "less"), ("3 0", "more"), ('"ExitCode": 4,', "less"), ('"ExitCode": 3, "Pid": 0', "more"), ("EXIT_CODE=33", "less"),
    ("", "silent"), ("WARNING: 3", "silent"),
])  # fmt: skip
def test_another_value_or_more_of_them_is_not(found: str, expected: str) -> None:
    assert result("3\n", found) == expected
