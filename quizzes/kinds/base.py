"""What a kind of question is. Read this to add one.

A kind is one class in one file of this folder and one line in `quizzes.kinds.KINDS`. It says which questions
can come from facts (`candidates`) and how a response is judged (`check`). Everything else follows from the
registry: generation, the flaw gate, grading, the pages, the exports and the contract test, which runs over
every kind.

Rules a kind keeps:
- `candidates` is pure and deterministic. What looks random is drawn from the question's id
  (`quizzes.draws`).
- Naming a candidate is cheap, making its question is not: half of them are never made, because the bank has
  better ones on the same fact.
- The id hashes kind, direction and fact ids, never wording: `quizzes.draws.question_id`.
- Nothing is asked that the facts do not say; distractors come from `quizzes.distractors`, prompts from
  `quizzes.wording`.
- Candidates with the same id are variants of one question (a true and a false statement): the bank takes
  one of them.
- What cannot become a question is given as a `Drop` with a reason an instructor understands, or as nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from notes.facts import Fact, Language, Source
from quizzes.context import Context
from quizzes.draws import question_id
from quizzes.questions import Difference, Question, Response, Verdict

#: The input a page shows for a kind.
Widget = Literal["radio", "checkboxes", "judge", "gaps", "command", "order", "pairs", "terminal"]


class ResponseError(ValueError):
    """A response of the wrong shape for its question; the message says what was expected. Shown to the
    caller of the API.
    """


@dataclass(frozen=True)
class Drop:
    """A candidate that did not become a question."""

    reason: str  # "the key is clearly the longest choice"
    prompt: str  # what would have been asked
    source: Source
    kind: str = ""  # of the question that did not come about, where that tells something


@dataclass(frozen=True)
class Candidate:
    """A question that can be made: what tells whether it is wanted, and how to make it."""

    id: str  # of the question
    kind: str
    direction: str
    facts: tuple[str, ...]
    make: Callable[[], Iterable[Question | Drop | None]]  # its variants; none, or None, where it comes to nothing


def candidate(
    kind: str, direction: str, facts: Sequence[Fact], make: Callable[[], Iterable[Question | Drop | None]]
) -> Candidate:
    """Name a question of a kind on facts, the first of them the one it stands at."""
    ids = tuple(fact.id for fact in facts)
    return Candidate(question_id(kind, direction, ids), kind, direction, ids, make)


def made(question: Question) -> Candidate:
    """Name a question that had to be made to know whether it can be asked."""
    return Candidate(question.id, question.kind, question.direction, question.facts, lambda: (question,))


class QuestionKind(ABC):
    """One kind of question. Subclasses define the class variables and the two abstract methods."""

    name: ClassVar[str]  # the word in JSON, URLs and tests: "single_choice"
    label: ClassVar[dict[Language, str]]  # what people read: {"zh": "单选题", "en": "Single choice"}
    widget: ClassVar[Widget]

    @abstractmethod
    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        """Name the questions that can be made of the facts, in the order of the facts. Only facts of trust "safe"
        come here.
        """

    def questions(self, facts: Sequence[Fact], context: Context) -> Iterator[Question | Drop]:
        """Make all of them."""
        for one in self.candidates(facts, context):
            if isinstance(one, Drop):
                yield one
            else:
                yield from filter(None, one.make())

    @abstractmethod
    def check(self, question: Question, response: Response) -> Verdict:
        """Judge a response.

        :raise ResponseError: the response has the wrong shape for this kind
        """


def judged(question: Question, score: float, differences: Sequence[Difference] = ()) -> Verdict:
    """Build the verdict for a score from 0 to 1; the feedback names the key when something was wrong."""
    words = _WORDS[question.language]
    ordered = tuple(sorted(differences, key=lambda difference: difference.met))
    if score >= 1:
        return Verdict("right", 1.0, words["right"], ordered)
    outcome: Literal["wrong", "partly right"] = "partly right" if score > 0 else "wrong"
    return Verdict(outcome, score, words[outcome].format(key=shown_key(question)), ordered)


def shown_key(question: Question) -> str:
    """The key as one reads it in feedback and on the back of a card."""
    answer, chinese = question.answer, question.language == "zh"
    if isinstance(answer, bool):
        return ("正确" if answer else "错误") if chinese else ("true" if answer else "false")
    if isinstance(answer, dict):
        return ("；" if chinese else "; ").join(f"{left} → {right}" for left, right in answer.items())
    if isinstance(answer, list):
        mark = " → " if question.kind == "ordering" else ("、" if chinese else ", ")
        return mark.join(str(part) for part in answer)
    return f"`{answer}`" if question.kind in ("command", "practical") else answer


def text_of(question: Question, response: Response) -> str:
    """Give the response if it is a text.

    :raise ResponseError: it is not
    """
    if not isinstance(response, str):
        raise ResponseError(f"{question.kind}: the response must be a text, not {type(response).__name__}")
    return response


def list_of(question: Question, response: Response, length: int | None = None) -> list[str]:
    """Give the response if it is a list of texts, of the length asked for.

    :raise ResponseError: it is not
    """
    if not isinstance(response, list) or not all(isinstance(part, str) for part in response):
        raise ResponseError(f"{question.kind}: the response must be a list of texts")
    if length is not None and len(response) != length:
        raise ResponseError(f"{question.kind}: the response must have {length} parts, it has {len(response)}")
    return response


_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "right": "回答正确。",
        "wrong": "回答错误，正确答案是：{key}。",
        "partly right": "部分正确，完整的答案是：{key}。",
    },
    "en": {
        "right": "That is right.",
        "wrong": "Not right. The answer is: {key}.",
        "partly right": "Partly right. The whole answer is: {key}.",
    },
}
