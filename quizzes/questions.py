"""A question and a verdict, as they travel between rooms, into the database and out as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from notes.facts import Language, Source

Difficulty = Literal["recall", "understanding", "application"]
Outcome = Literal["right", "wrong", "partly right", "not judged"]

#: What a learner hands in, by kind:
#: single_choice, output_reading, error_diagnosis: the text of the chosen choice (str)
#: multiple_answers: the texts chosen (list[str]) · true_false: bool · command: str · cloze: one str a gap (list[str])
#: ordering: the choices in order (list[str]) · matching: {left: right} · practical: the shell commands (str)
Response = str | bool | list[str] | dict[str, str]


@dataclass(frozen=True)
class Evidence:
    """The recorded run that makes a key true."""

    engine: str  # "Docker 26.1.5"
    commands: tuple[str, ...]
    output: str
    recorded: str  # ISO 8601 date, UTC


@dataclass(frozen=True)
class Picture:
    """A picture of the passage a question comes from."""

    file: str  # path from the folder of the source's note, "img/net.png"
    alt: str
    asked: bool = False  # the prompt speaks of it, so it is shown with the question and not only behind it


@dataclass(frozen=True)
class Question:
    """One question with its key. `id` hashes kind and fact identity, never the wording."""

    id: str  # 16 hex digits
    kind: str  # name in quizzes.kinds.KINDS
    language: Language
    prompt: str  # plain text; `code` between backticks, ____ for a gap, a fenced block for listings. No other Markdown
    answer: Response | list[list[str]]  # the key in the form of Response (matching: {left: right}; practical: the reference)
    explanation: str
    source: Source
    facts: tuple[str, ...]  # ids of the facts it asks for
    direction: str  # what is asked of the fact, "meaning" or "flag": one fact, kind and direction is one question
    difficulty: Difficulty
    topics: tuple[str, ...]  # headings, outermost first
    choices: tuple[str, ...] = ()  # in the order shown; for matching the right-hand side
    answers: tuple[tuple[str, ...], ...] = ()  # typed kinds: all accepted forms, one tuple a gap (command: one tuple)
    setup: str = ""  # practical: shell commands that prepare the engine
    reference: str = ""  # practical: the author's solution
    compare: tuple[str, ...] = ()  # practical: declared words that narrow or widen the comparison; () means derived
    proof: str = ""  # other kinds: shell commands that all succeed when the key is true
    evidence: Evidence | None = None
    pictures: tuple[Picture, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form: see docs/question.schema.json. Keys are in a fixed order; empty parts are left out."""
        row: dict[str, Any] = {
            "id": self.id, "kind": self.kind, "language": self.language, "prompt": self.prompt,
            "choices": list(self.choices), "answer": self.answer,
            "answers": [list(forms) for forms in self.answers],
            "explanation": self.explanation,
            "source": {"file": self.source.file, "heading": list(self.source.heading), "lines": list(self.source.lines)},
            "evidence": _evidence_row(self.evidence),
            "facts": list(self.facts), "direction": self.direction, "difficulty": self.difficulty,
            "topics": list(self.topics), "setup": self.setup, "reference": self.reference,
            "compare": list(self.compare), "proof": self.proof,
            "pictures": [{"file": one.file, "alt": one.alt, "asked": one.asked} for one in self.pictures],
        }
        optional = {"choices", "answers", "compare", "proof", "pictures"}
        optional |= set() if self.kind == "practical" else {"setup", "reference"}
        return {key: value for key, value in row.items() if not (key in optional and not value)}

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Question:
        """Read the JSON form back.

        :raise KeyError: a required key is missing
        """
        source, evidence = row["source"], row.get("evidence")
        return cls(
            id=row["id"], kind=row["kind"], language=row["language"], prompt=row["prompt"], answer=row["answer"],
            explanation=row["explanation"],
            source=Source(source["file"], tuple(source["heading"]), (source["lines"][0], source["lines"][1])),
            facts=tuple(row["facts"]), direction=row["direction"], difficulty=row["difficulty"],
            topics=tuple(row["topics"]), choices=tuple(row.get("choices", ())),
            answers=tuple(tuple(forms) for forms in row.get("answers", ())),
            setup=row.get("setup", ""), reference=row.get("reference", ""), compare=tuple(row.get("compare", ())),
            proof=row.get("proof", ""),
            evidence=Evidence(evidence["engine"], tuple(evidence["commands"]), evidence["output"], evidence["recorded"])
            if evidence else None,
            pictures=tuple(Picture(one["file"], one["alt"], one["asked"]) for one in row.get("pictures", ())),
        )


def _evidence_row(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {"engine": evidence.engine, "commands": list(evidence.commands), "output": evidence.output,
            "recorded": evidence.recorded}


@dataclass(frozen=True)
class Difference:
    """One thing that was expected and what was found instead."""

    what: str  # "host port"
    expected: str  # "8080"
    found: str  # "a random one (-P)"
    sentence: str  # a whole sentence in the learner's language
    met: bool = False  # True: a goal that was met, listed so that the learner sees what is already right


@dataclass(frozen=True)
class Verdict:
    """How an answer was judged."""

    outcome: Outcome
    score: float  # 0 to 1: the share of the goals met
    feedback: str  # one sentence: why
    differences: tuple[Difference, ...] = field(default=())  # most important first, met goals last
