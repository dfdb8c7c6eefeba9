"""Checking a practical answer: it and the reference run on the same start, and their effects are compared."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from math import inf
from threading import Lock, Thread
from typing import Any

from quizzes.effects import compare, goals_in
from quizzes.effects.goals import TRACES
from quizzes.effects.wording import wording
from quizzes.questions import Verdict
from sandboxes.base import OnPhase, Sandboxes
from sandboxes.effects import Job, Run, SandboxError, Step

from .language import guess_language
from .probes import probes_for, surveys_for

#: Runs of references kept, so that a class that answers one task runs its reference once.
KEPT_REFERENCES = 128
#: Seconds that a broken reference is taken at its word; then the next answer has it run again.
BROKEN_SECONDS = 60.0
#: Characters of an answer that is run; a script by hand is far below.
MOST_ANSWER = 256 * 1024
#: Seconds an answer has beyond the time its reference took.
EXTRA_SECONDS = 30.0
#: A reference that takes longer than this earns an answer that timed out beside it a second, longer run.
_LONG = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """One answer to one practical task."""

    id: str
    setup: str  # shell commands that prepare the engine
    reference: str  # the author's solution
    answer: str  # the learner's commands
    text: str = ""  # the task as the learner reads it
    language: str = ""  # of the sentences, "zh" or "en"; "" is guessed from the text
    compare: tuple[str, ...] = ()  # declared words, see quizzes.effects.WORDS


@dataclass(frozen=True)
class Check:
    """How an answer was judged, and what it did."""

    id: str
    verdict: Verdict
    steps: tuple[Step, ...]  # the answer's transcript
    seconds: float  # wall clock of the whole check
    engine: str  # "Docker 26.1.5"; "" when nothing ran
    reason: str  # why it was not judged; "" when it was
    again: bool = False  # it was not judged through a failure of ours that may pass

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form. A partly right answer is `wrong`, its share of goals met is the score."""
        outcome = "wrong" if self.verdict.outcome == "partly right" else self.verdict.outcome
        return {
            "id": self.id,
            "verdict": outcome,
            "score": self.verdict.score,
            "feedback": self.verdict.feedback,
            "differences": [entry.sentence for entry in self.verdict.differences if not entry.met],
            "transcript": [
                {
                    "command": step.command,
                    "output": step.output,
                    "exit_code": step.exit_code,
                    "seconds": step.seconds,
                }
                for step in self.steps
            ],
            "seconds": round(self.seconds, 3),
            "engine": self.engine,
            "reason": self.reason,
        }


class BrokenTaskError(Exception):
    """The task itself is broken, so no answer to it can be judged; says why, for its author."""


@dataclass
class _Kept:
    """The run of a reference, under way or done."""

    run: Future[Run]
    until: float = inf  # on the checker's clock


class Checker:
    """Checks answers in sandboxes. Safe to call from several threads at once."""

    def __init__(
        self,
        sandboxes: Sandboxes,
        *,
        extra_seconds: float = EXTRA_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Check in these sandboxes; an answer has `extra_seconds` beyond the time its reference took."""
        self._sandboxes, self._extra_seconds, self._clock = sandboxes, extra_seconds, clock
        self._references: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._lock = Lock()

    def check(self, task: Task, on_phase: OnPhase | None = None) -> Check:
        """Judge one answer. Never raises for what a sandbox does: a failure is told as `not judged`."""
        began = self._clock()
        language = task.language or guess_language(task.text)
        if len(task.answer) > MOST_ANSWER:
            return Check(task.id, _too_long(task.answer, language), (), self._clock() - began, "", "")
        try:
            reference, answer = self.runs(task, on_phase)
            verdict = compare(
                reference,
                answer,
                language=language,
                declared=task.compare,
                script=task.answer,
                reference_script=task.reference,
                text=task.text,
            )
        except (SandboxError, BrokenTaskError, ValueError) as error:
            return _not_judged(task, error, language, self._clock() - began)
        except Exception as error:  # a fault of ours must neither end the other checks nor count against the learner
            log.exception("the check of %s failed", task.id)
            fault = SandboxError(f"A fault in Noteproof: {type(error).__name__}")
            return _not_judged(task, fault, language, self._clock() - began)
        return Check(task.id, verdict, answer.steps, self._clock() - began, answer.engine, "")

    def insist(self, task: Task, tries: int = 3) -> Check:
        """Judge one answer, again where a failure of ours may pass: for those who have no queue to come back to."""
        for _ in range(tries - 1):
            if not (check := self.check(task)).again:
                return check
        return self.check(task)

    def reference(self, setup: str, script: str) -> Run:
        """Run a task's reference, or give the run of it that is kept. One that fails is run a second time at once.

        :raise SandboxError: the sandbox failed
        :raise BrokenTaskError: the setup or the reference fails
        """
        kept, mine = self._claim((setup, script))
        if mine:
            self._settle((setup, script), kept)
        return kept.run.result()

    def witness(self, script: str) -> Run:
        """Run a script in a sandbox of its own and tell what happened; nothing is judged and nothing kept.

        :raise SandboxError: the sandbox failed
        """
        return self._sandboxes.run(Job("", script, seconds=2 * EXTRA_SECONDS))

    def runs(self, task: Task, on_phase: OnPhase | None = None) -> tuple[Run, Run]:
        """Give the runs of the reference and of the answer: side by side, or the answer alone when the other is kept.

        :raise SandboxError: the sandbox failed
        :raise BrokenTaskError: the setup or the reference fails
        """
        kept_run, mine = self._claim((task.setup, task.reference))
        future = kept_run.run
        if mine:
            Thread(target=self._settle, args=((task.setup, task.reference), kept_run), name="reference").start()
        if not task.answer.strip():
            return future.result(), replace(future.result(), steps=(), output="")
        kept = 0.0 if mine else future.result().seconds
        try:
            answer = self._answer(task, kept, on_phase)
        finally:
            reference = future.result()
        if answer.ended == "timeout" and reference.seconds > kept + _LONG:
            answer = self._answer(task, reference.seconds, on_phase)
        return reference, answer

    def _answer(self, task: Task, reference_seconds: float, on_phase: OnPhase | None) -> Run:
        seconds = reference_seconds + self._extra_seconds
        job = _job(task.setup, task.answer, task.reference, seconds)
        answer = self._sandboxes.run(job, on_phase)
        if answer.setup_exit_code:
            raise BrokenTaskError(f"the setup fails: {_last_line(answer.setup_output)}")
        return answer

    def _claim(self, key: tuple[str, str]) -> tuple[_Kept, bool]:
        with self._lock:
            kept = self._references.get(key)
            if kept is not None and self._clock() < kept.until:
                self._references.move_to_end(key)
                return kept, False
            kept = self._references[key] = _Kept(Future())
            while len(self._references) > KEPT_REFERENCES:
                self._references.popitem(last=False)
            return kept, True

    def _settle(self, key: tuple[str, str], kept: _Kept) -> None:
        try:
            kept.run.set_result(self._proved(*key))
        except BaseException as error:
            if isinstance(error, BrokenTaskError):
                kept.until = self._clock() + BROKEN_SECONDS
            else:
                self.forget(*key)
            kept.run.set_exception(error)

    def _proved(self, setup: str, script: str) -> Run:
        """Run a reference that can be compared with; a second time if it fails: a busy machine may have been in its way.

        :raise BrokenTaskError: it failed twice
        """
        job = _job(setup, script, script, 2 * EXTRA_SECONDS)
        try:
            return _prove(self._sandboxes.run(job), script)
        except BrokenTaskError:
            return _prove(self._sandboxes.run(job), script)

    def forget(self, setup: str, script: str) -> None:
        """Run this reference anew the next time, whatever came of it before."""
        with self._lock:
            self._references.pop((setup, script), None)


def _job(setup: str, script: str, reference: str, seconds: float) -> Job:
    """Give the job that runs a script in a task with this reference, and asks what must be known to judge it."""
    return Job(
        setup,
        script,
        seconds=seconds,
        probes=probes_for(reference, script),
        surveys=surveys_for(setup, reference),
    )


def _prove(run: Run, script: str) -> Run:
    """Give a reference's run back if it can be compared with.

    :raise BrokenTaskError: it cannot; says why
    """
    if run.setup_exit_code:
        raise BrokenTaskError(f"the setup fails: {_last_line(run.setup_output)}")
    if run.ended != "done":
        raise BrokenTaskError(f"the reference does not end by itself ({run.ended})")
    goals = goals_in(run, script=script)
    if run.exit_code and all(goal.aspect in TRACES | {"output.told"} for goal in goals):
        raise BrokenTaskError(f"the reference fails: {_last_line(run.output)}")
    if not goals:
        raise BrokenTaskError("the reference changes nothing and prints nothing")
    return run


def _last_line(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1][:200] if lines else "no message"


def _too_long(answer: str, language: str) -> Verdict:
    sizes = {"size": str(len(answer) // 1024), "most": str(MOST_ANSWER // 1024)}
    return Verdict("wrong", 0.0, wording(language).phrase("long", **sizes))


_REASONS = {
    "en": {
        "task": "The task is broken: {reason}.",
        "machine": "The sandbox failed, so the answer was not judged: {reason}",
    },
    "zh": {"task": "题目本身有问题：{reason}。", "machine": "沙箱出了故障，答案没有评判：{reason}"},
}


def _not_judged(task: Task, error: Exception, language: str, seconds: float) -> Check:
    kind = "machine" if isinstance(error, SandboxError) else "task"
    reason = _REASONS["zh" if language == "zh" else "en"][kind].format(reason=str(error).rstrip("."))
    again = isinstance(error, SandboxError) and error.retry
    return Check(task.id, Verdict("not judged", 0.0, reason), (), seconds, "", reason, again)
