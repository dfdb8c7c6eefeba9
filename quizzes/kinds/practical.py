"""A task done with shell commands in the sandbox and judged by its effect (see `quizzes.effects`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from notes.facts import ExampleFact, Fact, Language
from quizzes.context import Context
from quizzes.kinds.base import Candidate, Drop, QuestionKind, made
from quizzes.kinds.build import build
from quizzes.practicals import NotATaskError, Task, runs_of, task_of
from quizzes.questions import Question, Response, Verdict
from quizzes.wording.tidy import code

KIND = "practical"


class Practical(QuestionKind):
    """The learner types commands; the sandbox runs them and the reference, and the effects are compared."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "实践题", "en": "Practical task"}
    widget = "terminal"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        examples = [fact for fact in facts if isinstance(fact, ExampleFact)]
        runs = {
            file: runs_of([fact.command for fact in examples if fact.source.file == file])
            for file in context.texts
        }
        told: set[str] = set()
        for fact in examples:
            try:
                task = task_of(fact.command, fact.language, runs.get(fact.source.file, ()))
            except NotATaskError as reason:
                yield Drop(str(reason), fact.command, fact.source, KIND)
                continue
            if task.prompt in told:
                yield Drop("the same task is asked from another line", task.prompt, fact.source)
                continue
            told.add(task.prompt)
            yield made(_asked(fact, task))

    def check(self, question: Question, response: Response) -> Verdict:
        """Practicals are judged by a run, never here.

        :raise NotImplementedError: always; see `proofs.checks`
        """
        raise NotImplementedError("a practical is judged by what it does in a sandbox: proofs.checks.Checker")


def _asked(fact: ExampleFact, task: Task) -> Question:
    return build(
        KIND,
        fact,
        "task",
        task.prompt,
        task.reference,
        _said(fact, task.reference),
        difficulty="application",
        setup=task.setup,
        reference=task.reference,
    )


def _said(fact: ExampleFact, reference: str) -> str:
    return f"参考解法：{code(reference)}。" if fact.language == "zh" else f"One solution: {code(reference)}."
