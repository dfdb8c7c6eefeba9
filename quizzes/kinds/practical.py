"""A task done with shell commands in the sandbox and judged by its effect (see `quizzes.effects`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import ClassVar

from notes import grammar
from notes.facts import ExampleFact, Fact, Language
from notes.meanings import meaning_of
from quizzes.context import Context
from quizzes.distractors import spellings
from quizzes.kinds.base import Candidate, Drop, QuestionKind, made
from quizzes.kinds.build import build
from quizzes.practicals import NotATaskError, Task, runs_of, task_of
from quizzes.questions import Question, Response, Verdict
from quizzes.wording.tidy import code

KIND = "practical"
LEAST_OF_A_SUBJECT = 5  # examples of one tool, so that a note is taken to be about it
MOSTLY = 0.8


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
        subjects = {file: _subject([fact for fact in examples if fact.source.file == file]) for file in context.texts}
        for fact in examples:
            if (subject := subjects[fact.source.file]) and subject not in _tools(fact):
                yield Drop("the line is of another tool than the note", fact.command, fact.source, KIND)
                continue
            try:
                task = task_of(fact.command, fact.language, runs.get(fact.source.file, ()))
            except NotATaskError as reason:
                yield Drop(str(reason), fact.command, fact.source, KIND)
                continue
            if task.prompt in told:
                yield Drop("the same task is asked from another line", task.prompt, fact.source)
                continue
            told.add(task.prompt)
            yield made(_asked(fact, task, context))

    def check(self, question: Question, response: Response) -> Verdict:
        """Practicals are judged by a run, never here.

        :raise NotImplementedError: always; see `proofs.checks`
        """
        raise NotImplementedError("a practical is judged by what it does in a sandbox: proofs.checks.Checker")


def _tools(fact: ExampleFact) -> frozenset[str]:
    found = frozenset(part.tool for part in grammar.parse_commands(fact.command))
    return found or frozenset(fact.command.split()[:1])


def _subject(examples: Sequence[ExampleFact]) -> str:
    """The tool that a note's examples are of, nearly all of them: what other tools do there is done on the way."""
    tools = Counter(tool for fact in examples for tool in _tools(fact)).most_common(1)
    return tools[0][0] if tools and tools[0][1] >= max(LEAST_OF_A_SUBJECT, MOSTLY * len(examples)) else ""


def _asked(fact: ExampleFact, task: Task, context: Context) -> Question:
    return build(
        KIND,
        fact,
        "task",
        task.prompt,
        task.reference,
        _said(fact, task.reference, context),
        difficulty="application",
        setup=task.setup,
        reference=task.reference,
    )


def _said(fact: ExampleFact, reference: str, context: Context) -> str:
    solution = f"参考解法：{code(reference)}。" if fact.language == "zh" else f"One solution: {code(reference)}. "
    return (solution + _options_told(fact, reference, context)).strip()


def _options_told(fact: ExampleFact, reference: str, context: Context) -> str:
    """Say what the options of a reference of one command do, by the client's help or the notes."""
    parsed = grammar.parse_command(reference) if "\n" not in reference and "&&" not in reference else None
    if parsed is None:
        return ""
    noted = {flag: other.meaning for other in context.flags.get(parsed.name, []) for flag in spellings(other)}
    flags = dict.fromkeys(given.flag for given in parsed.options)
    told = [(code(flag), meaning_of(parsed.name, flag, fact.language) or noted.get(flag, "")) for flag in flags]
    wording = context.wording(fact)
    mark, stop = ("；", "。") if fact.language == "zh" else ("; ", ".")
    said = mark.join(wording.labelled(flag, wording.choice(meaning)) for flag, meaning in told if meaning)
    return said + stop if said else ""
