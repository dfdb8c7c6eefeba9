"""A printed output and a question that can be answered by reading it with understanding.

Each reader below looks for one thing that a table of containers or images can show: published ports, the state of a
container, two names of one image. What other outputs tell is read in `quizzes.readings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import ClassVar

from notes.facts import Fact, Language, OutputFact
from quizzes.context import Context
from quizzes.kinds.base import Candidate, Drop, QuestionKind, judged, made, text_of
from quizzes.kinds.build import choice_question
from quizzes.listings import Table, read_table, shortened
from quizzes.questions import Question, Response, Verdict
from quizzes.readings import Read, read
from quizzes.wording.reading import READINGS
from quizzes.wording.tidy import code

KIND = "output_reading"
_PUBLISHED = re.compile(r"(?:0\.0\.0\.0|\[?::\]?|\d+(?:\.\d+){3}):(?P<host>\d+)->(?P<port>\d+)/(?:tcp|udp)")
_RIGHTS = re.compile(r"权限|chmod|\b(?:permissions?|mode bits|access rights)\b", re.I)
FIRST_RANDOM_PORT = 32768  # where the engine takes random host ports from, by the kernel's default range
_SHOWN = ("CONTAINER ID", "IMAGE", "STATUS", "PORTS", "NAMES")


class OutputReading(QuestionKind):
    """The learner reads an output and picks what it says."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "读输出题", "en": "Read the output"}
    widget = "radio"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        asked: set[str] = set()
        for fact in facts:
            if isinstance(fact, OutputFact):
                for question in _read(fact, context):
                    if question.direction not in asked:
                        asked.add(question.direction)
                        yield made(question)

    def check(self, question: Question, response: Response) -> Verdict:
        return judged(question, float(text_of(question, response) == question.answer))


Reader = Callable[[OutputFact, Table, Context], Iterator[Question | None]]


def _read(fact: OutputFact, context: Context) -> Iterator[Question]:
    if table := read_table(fact.output):
        for reader in _READERS:
            yield from (question for question in reader(fact, table, context) if question)
    about_rights = _RIGHTS.search(context.text(fact))  # elsewhere the rights of an example's file are not what is taught
    yield from filter(None, (_of(fact, one) for one in read(fact) if one.direction != "rights" or about_rights))


def _of(fact: OutputFact, one: Read) -> Question | None:
    prompt = READINGS[fact.language].ask(fact.command, one.shown, one.asks)
    return choice_question(
        KIND, fact, one.direction, prompt, one.key, one.others, one.said, difficulty="understanding", least=2
    )


def _published(table: Table) -> list[tuple[str, str, str]]:
    """Name, host port and container port of the rows that publish exactly one port."""
    found = [(row.get("NAMES", ""), list(_PUBLISHED.finditer(row.get("PORTS", "")))) for row in table.rows]
    return [
        (name, ports[0]["host"], ports[0]["port"])
        for name, ports in found
        if name and len({port["host"] for port in ports}) == 1
    ]


def which_random(fact: OutputFact, table: Table, context: Context) -> Iterator[Question | None]:
    """Which of two containers was started with -P? The one whose host port lies in the random range."""
    rows = _published(table)
    random = [row for row in rows if int(row[1]) >= FIRST_RANDOM_PORT]
    fixed = [row for row in rows if int(row[1]) < FIRST_RANDOM_PORT]
    if len(random) != 1 or len(fixed) != 1:
        return
    words, (name, host, _), (other, other_host, other_port) = READINGS[fact.language], random[0], fixed[0]
    key, others, said = words.which_random(code(name), host, code(other), other_host, other_port)
    yield choice_question(
        KIND,
        fact,
        "random port",
        words.ask(fact.command, shortened(table, _SHOWN), words.asks_random),
        key,
        others,
        said,
        difficulty="application",
    )


def which_host_port(fact: OutputFact, table: Table, context: Context) -> Iterator[Question | None]:
    """Which port of the host leads to a container? Only where host and container port differ."""
    rows = _published(table)
    for name, host, port in rows:
        others = [port, *(other for _, other, _ in rows if other not in (host, port)), "80", "443", "3306"]
        others = [other for other in dict.fromkeys(others) if other != host][:3]
        if host != port:
            words = READINGS[fact.language]
            yield choice_question(
                KIND,
                fact,
                "host port",
                words.ask(fact.command, shortened(table, _SHOWN), words.asks_host_port(code(name), port)),
                host,
                others,
                words.host_port(code(name), host, port),
                difficulty="application",
            )
            return


def which_state(fact: OutputFact, table: Table, context: Context) -> Iterator[Question | None]:
    """What state is a container in, by its STATUS?"""
    words = READINGS[fact.language]
    for row in table.rows:
        status = row.get("STATUS", "").split(" (")[0].split(" ")[0]
        if status in words.states and row.get("NAMES") and "(Paused)" not in row["STATUS"]:
            others = [text for state, text in words.states.items() if state != status]
            yield choice_question(
                KIND,
                fact,
                f"state {status}",
                words.ask(fact.command, shortened(table, _SHOWN), words.asks_state(code(row["NAMES"]))),
                words.states[status],
                others[:3],
                words.state(code(status), words.states[status]),
                difficulty="understanding",
            )


def which_same(fact: OutputFact, table: Table, context: Context) -> Iterator[Question | None]:
    """Which two names are one image? Those with the same image id."""
    names = [
        (f"{row.get('REPOSITORY', '')}:{row.get('TAG', '')}", row.get("IMAGE ID", "")) for row in table.rows
    ]
    pairs = list(combinations(names, 2))
    same = [pair for pair in pairs if pair[0][1] == pair[1][1] and pair[0][1]]
    if len(same) != 1 or len(names) < 3 or any("<none>" in name or name.startswith(":") for name, _ in names):
        return
    words = READINGS[fact.language]
    texts = [
        words.pair(code(first[0]), code(second[0])) for first, second in pairs if (first, second) != same[0]
    ]
    key = words.pair(code(same[0][0][0]), code(same[0][1][0]))
    yield choice_question(
        KIND,
        fact,
        "same image",
        words.ask(fact.command, shortened(table, ("REPOSITORY", "TAG", "IMAGE ID", "SIZE")), words.asks_same),
        key,
        texts[:3],
        words.same(code(same[0][0][1])),
        difficulty="application",
        least=2,
    )


_READERS: tuple[Reader, ...] = (which_random, which_host_port, which_state, which_same)
