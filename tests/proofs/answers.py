"""Our own tasks with labelled answers, and the shell test that proves each label on a real engine."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from proofs.checks import Task
from proofs.language import guess_language
from sandboxes.effects import Job

FOLDER = Path(__file__).resolve().parent.parent / "data" / "tasks"


@dataclass(frozen=True)
class Answer:
    """One answer with the label that its task's shell test proves."""

    task: Task
    label: str  # "right" or "wrong"
    before: str  # shell commands that remember the state before the answer, for the test
    #: Exits 0 for a right answer: $OUT holds what it printed, $T0 when it began; `i FORMAT NAME` inspects.
    test: str

    def proof(self) -> Job:
        """Give the job that runs the answer and then its test; its exit code is the test's."""
        script = _PROOF.format(before=self.before or ":", answer=self.task.answer, test=self.test)
        return Job(self.task.setup, script, seconds=60)


_PROOF = """\
i() {{ docker inspect -f "$1" "$2"; }}
export OUT=/tmp/.out T0
{before}
cat > /tmp/.answer <<'END_OF_ANSWER'
{answer}
END_OF_ANSWER
T0=$(date +%s.%N)
bash /tmp/.answer > $OUT 2>&1
sleep 0.3
if {test}
then exit 0; else exit 1; fi
"""


def read_answers(files: Collection[str] = (), folder: Path = FOLDER) -> list[Answer]:
    """Read the answers of the named files, or of all.

    Their rows are `{id, task, setup, reference, test, before?, compare?, right, wrong}`.
    """
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        if not files or path.stem in files
        for line in path.read_text("utf-8").splitlines()
    ]
    return [
        Answer(_task(row, answer, f"{row['id']}/{label}/{number}"), label, row.get("before", ""), row["test"])
        for row in rows
        for label, answers in (("right", [row["reference"], *row["right"]]), ("wrong", row["wrong"]))
        for number, answer in enumerate(answers)
    ]


def _task(row: dict[str, object], answer: str, name: str) -> Task:
    text = str(row["task"])
    words = row.get("compare", [])
    assert isinstance(words, list)
    return Task(
        name,
        str(row["setup"]),
        str(row["reference"]),
        answer,
        text,
        guess_language(text),
        tuple(map(str, words)),
    )
