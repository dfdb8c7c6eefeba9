"""What a kind may look at while it makes questions: all safe facts, sorted for finding siblings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar, cast

from notes import grammar
from notes.facts import (
    CautionFact,
    ColumnFact,
    CommandFact,
    ContrastFact,
    DefinitionFact,
    ExampleFact,
    Fact,
    FlagFact,
    Language,
    PropertyFact,
    QuantityFact,
    Reading,
    RowFact,
    SequenceFact,
)
from quizzes.earlier import Earlier
from quizzes.names import with_names
from quizzes.soundness import sound
from quizzes.topics import leans_on_topic, needs_topic, subject_of, topic
from quizzes.twins import confused
from quizzes.typed import normal
from quizzes.wording import WORDINGS
from quizzes.wording.base import Wording

F = TypeVar("F", bound=Fact)
T = TypeVar("T")
LEAST_OF_A_SHAPE = 4
MANUAL = 24  # options of one command from which their list is a manual's
_LONG_OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]+")
LEAST_OF_A_NAME = 2  # letters of a subject that speaks for itself
#: A name that is written the same everywhere and of one thing only: SIGTERM, EACCES.
_NAMED = re.compile(r"[A-Z][A-Z0-9_]{4,}")
_FIRST_INSTRUCTIONS = ("FROM", "RUN", "CMD", "ENTRYPOINT", "COPY", "ADD", "ENV", "EXPOSE", "VOLUME", "WORKDIR", "USER")
_INSTRUCTIONS = frozenset((*_FIRST_INSTRUCTIONS, "ARG", "LABEL", "ONBUILD", "HEALTHCHECK", "STOPSIGNAL", "SHELL"))
FEW_LINES = 6  # lines of one command looked at, for the same reason
MAX_SIBLINGS = 24  # looked at for one question, so that the work grows with the note and not with its square


class Context:
    """The facts of one or several notes and what can be looked up among them."""

    def __init__(self, readings: Sequence[Reading], earlier: Earlier | None = None) -> None:
        self.earlier = earlier or Earlier()
        self.texts: Mapping[str, str] = {reading.file: reading.text for reading in readings}
        self.pictures = {reading.file: reading.pictures for reading in readings if reading.pictures}
        self._titles: Mapping[str, str] = {reading.file: reading.title for reading in readings}
        self.facts: tuple[Fact, ...] = _without_echoes(
            _once(with_names(fact) for reading in readings for fact in reading.facts if fact.trust == "safe" and sound(fact))
        )
        self._siblings: dict[tuple[int, int], tuple[Any, list[Any]]] = {}  # the group is kept so that its id stays its own
        self._slips = {
            suspicion.found: suspicion.instead
            for reading in readings
            for suspicion in reading.suspicions
            if suspicion.what == "misspelt word" and suspicion.instead
        }
        self.by_id: Mapping[str, Fact] = {fact.id: fact for fact in self.facts}
        self._kept: dict[tuple[str, ...], object] = {}
        self._by_type: dict[type[Fact], list[Any]] = {}
        self._group_places: dict[int, tuple[Any, list[int]]] = {}

    def of(self, kind: type[F]) -> list[F]:
        """Give the facts of one type in the order of the notes: the same list each time."""
        known = self._by_type.get(kind)
        if known is None:
            known = self._by_type[kind] = [fact for fact in self.facts if isinstance(fact, kind)]
        return known

    def wording(self, fact: Fact) -> Wording:
        return WORDINGS[fact.language]

    def text(self, fact: Fact) -> str:
        """The whole note a fact comes from."""
        return self.texts.get(fact.source.file, "")

    def is_titled(self, fact: DefinitionFact) -> bool:
        """Tell whether the whole note is about the term, so that nobody has to be asked which one is described."""
        return normal(subject_of(self._titles.get(fact.source.file, ""))) == normal(fact.term)

    def topic(self, fact: Fact) -> str:
        """Give the topic to say in front of a question; "" where its subject speaks for itself."""
        title = self._titles.get(fact.source.file, "")
        if isinstance(fact, DefinitionFact):
            if fact.term in _INSTRUCTIONS and "Dockerfile" in self.text(fact):
                return "Dockerfile"  # RUN and docker run are two things
            return topic(fact, title, fact.term, fact.alias, fact.definition) if needs_topic(fact) else ""
        if isinstance(fact, RowFact):
            if fact.sort and _NAMED.fullmatch(fact.name):
                return ""
            return topic(fact, title, fact.name, fact.value)
        if isinstance(fact, QuantityFact) and leans_on_topic(fact.sentence):
            return topic(fact, title, fact.value)
        if isinstance(fact, PropertyFact) and len(fact.subject) < LEAST_OF_A_NAME:
            return topic(fact, title, *fact.keywords)  # a letter means something else elsewhere
        return ""

    def corrected(self, title: str) -> str:
        """Give a heading with the slips put right that the reading reported."""
        for slip, meant in self._slips.items() if len(self._slips) < 100 else ():
            if slip.casefold() not in title.casefold():
                continue
            title = re.sub(rf"(?<![A-Za-z]){re.escape(slip)}(?![A-Za-z])", meant, title, flags=re.I)
        return title

    def once(self, name: tuple[str, ...], work: Callable[[], T]) -> T:
        """Give what is made at the first call of this name: not again for every fact that looks into it."""
        if name not in self._kept:
            self._kept[name] = work()
        return cast("T", self._kept[name])

    def siblings(self, fact: F, group: Sequence[F]) -> list[F]:
        """Give the others of a group, nearest first: same section, then nearest line; at most MAX."""
        known = self._siblings.get((id(fact), id(group)))
        if known is None:
            known = self._siblings[id(fact), id(group)] = (group, self._near(fact, group))
        return list(known[1])

    def _near(self, fact: F, group: Sequence[F]) -> list[F]:
        place, places = self._places.get(id(fact), 0), self._places_in(group)
        middle = bisect_left(places, place)
        first = max(0, min(middle - MAX_SIBLINGS // 2, len(group) - MAX_SIBLINGS))
        near = range(first, min(first + MAX_SIBLINGS + 1, len(group)))
        ranked = [
            (not same_section(fact, group[at]), abs(places[at] - place), at)
            for at in near
            if group[at] is not fact and group[at].language == fact.language
        ]
        return [group[at] for *_, at in sorted(ranked)]

    def _places_in(self, group: Sequence[F]) -> list[int]:
        """The places of a group's facts among all, ascending; the group is kept so that its id stays its own."""
        known = self._group_places.get(id(group))
        if known is None:
            places = self._places
            known = self._group_places[id(group)] = (group, [places.get(id(other), 0) for other in group])
        return known[1]

    def framed(self, fact: PropertyFact | CautionFact, keyword: str) -> Iterator[str]:
        """Give the words that stand in the keyword's place in sentences of the same shape on other
        subjects, one after the other: a table of thousands of rows has thousands.

        "The English for 镜像 is Image." and "The English for 容器 is Container." are of one shape.
        """
        words = self._framed_words.get(_frame(fact, keyword), ())
        return (word for word in words if word != keyword and word not in fact.sentence)

    def framed_facts(self) -> Iterator[tuple[str, list[PropertyFact]]]:
        """Give sentences of one shape on different subjects, four at least, with the shape: "____ 的英文是
        ____。".
        """
        for frame, facts in self._frames.items():
            subjects = {fact.subject for fact in facts}
            if len(facts) >= LEAST_OF_A_SHAPE and len(subjects) == len(facts) == len({fact.keywords[0] for fact in facts}):
                yield frame[2:].replace(chr(1), " ____ ").replace(chr(2), "____ ").strip(), facts

    def is_framed(self, fact: Fact) -> bool:
        """Tell whether the fact is one of several sentences of one shape."""
        return isinstance(fact, PropertyFact) and bool(fact.keywords) and any(self.framed(fact, fact.keywords[0]))

    @cached_property
    def _frames(self) -> Mapping[str, list[PropertyFact]]:
        with_keywords = [fact for fact in self.of(PropertyFact) if fact.keywords]
        return _grouped(with_keywords, lambda fact: _frame(fact, fact.keywords[0]))

    @cached_property
    def _framed_words(self) -> Mapping[str, tuple[str, ...]]:
        return {frame: tuple(dict.fromkeys(fact.keywords[0] for fact in facts)) for frame, facts in self._frames.items()}

    @cached_property
    def example_names(self) -> frozenset[str]:
        """Names of containers in the notes' examples: sentences about them tell of the example only."""
        found = re.findall(r"--name[ =]([A-Za-z][\w-]{2,})", " ".join(fact.command for fact in self.of(ExampleFact)))
        return frozenset(name for name in found if not name.isupper())

    def about_example(self, text: str) -> bool:
        return self._example_pattern is not None and self._example_pattern.search(text) is not None

    @cached_property
    def _example_pattern(self) -> re.Pattern[str] | None:
        names = "|".join(map(re.escape, sorted(self.example_names)))
        return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])") if names else None

    @cached_property
    def _places(self) -> Mapping[int, int]:
        """The place of each fact among all, by the identity of the object: their ids are hashes and cost
        more.
        """
        return {id(fact): place for place, fact in enumerate(self.facts)}

    @cached_property
    def flags(self) -> Mapping[str, list[FlagFact]]:
        """The options the notes explain, by command."""
        return _grouped(self.of(FlagFact), lambda fact: grammar.canonical(fact.command))

    @cached_property
    def tool_flags(self) -> Mapping[str, list[FlagFact]]:
        return _grouped(self.of(FlagFact), lambda fact: fact.command.split(" ")[0])

    @cached_property
    def tool_commands(self) -> Mapping[str, list[CommandFact]]:
        """The commands the notes explain, by tool."""
        return _grouped(self.of(CommandFact), lambda fact: fact.name.split(" ")[0])

    def is_small_print(self, fact: Fact) -> bool:
        """Tell whether an option is one of a manual's many that has no letter and that the notes never use."""
        if not isinstance(fact, FlagFact) or len(self.flags.get(grammar.canonical(fact.command), ())) < MANUAL:
            return False
        spelled = (fact.flag, *fact.aliases)
        return all(flag.startswith("--") for flag in spelled) and not any(self._uses[flag] > 1 for flag in spelled)

    @cached_property
    def _uses(self) -> Counter[str]:
        """How often the notes write each long option."""
        return Counter(flag for text in self.texts.values() for flag in _LONG_OPTION.findall(text))

    def fellow_commands(self, fact: CommandFact) -> list[CommandFact]:
        """Give the commands a command may be mistaken for: lines of its tool, and of every plain tool when it is
        one of several tools the notes list side by side.
        """
        own = self.tool_commands.get(fact.name.split(" ")[0], [])
        return own if len(own) > MAX_SIBLINGS // 4 else self.commands

    def commands_of(self, name: str) -> list[CommandFact]:
        """Give some of the lines of a command that the notes explain."""
        return self._named.get(name, [])[:FEW_LINES]

    @cached_property
    def _named(self) -> Mapping[str, list[CommandFact]]:
        return _grouped(self.commands, lambda fact: fact.name)

    @cached_property
    def commands(self) -> list[CommandFact]:
        return self.of(CommandFact)

    @cached_property
    def columns(self) -> Mapping[str, list[ColumnFact]]:
        return _grouped(self.of(ColumnFact), lambda fact: fact.command)

    @cached_property
    def definitions(self) -> list[DefinitionFact]:
        return self.of(DefinitionFact)

    @cached_property
    def contrast_of(self) -> Mapping[str, ContrastFact]:
        """The contrasts by the sentence they were read from."""
        return {fact.text: fact for fact in self.contrasts if fact.first in fact.text}

    @cached_property
    def rows(self) -> Mapping[str, list[RowFact]]:
        """The cells of tables, by the section the table stands in."""
        return _grouped(self.of(RowFact), lambda fact: "\n".join((fact.source.file, *fact.source.heading)))

    def column(self, fact: RowFact) -> list[RowFact]:
        """Give the cells of the tables of the fact's section that stand in its column, the nearest ones."""
        section = self.rows.get("\n".join((fact.source.file, *fact.source.heading)), [])
        near = self.siblings(fact, section)
        return [other for other in near if (other.sort, other.attribute) == (fact.sort, fact.attribute)]

    @cached_property
    def years(self) -> list[int]:
        """The years of events, ascending."""
        dated = (fact for fact in self.of(QuantityFact) if fact.quantity == "year" and fact.value.isdigit())
        return sorted({int(fact.value) for fact in dated})

    @cached_property
    def contrasts(self) -> list[ContrastFact]:
        return self.of(ContrastFact)

    @cached_property
    def sequences(self) -> list[SequenceFact]:
        return self.of(SequenceFact)

    def known_terms(self, language: Language) -> frozenset[str]:
        """Words that are right answers elsewhere, so that a slip of one is never taken for another."""
        return self._terms[language]

    @cached_property
    def _terms(self) -> Mapping[Language, frozenset[str]]:
        shared = {word for group in confused().families for word in group}
        shared |= {name.split(" ")[-1] for name in grammar.commands()}
        own = {word for fact in self.definitions for word in (fact.term, fact.alias) if word}
        terms = frozenset(shared | own)
        return {"zh": terms, "en": terms}


def same_section(first: Fact, second: Fact) -> bool:
    """Tell whether two facts stand under one heading; the lowest heading may differ where there are
    several.
    """
    one, two = first.source.heading, second.source.heading
    depth = max(1, len(one) - 1, len(two) - 1)
    return len(one) >= depth <= len(two) and one[:depth] == two[:depth] and first.source.file == second.source.file


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Keep the first of equal facts."""
    kept: dict[str, Fact] = {}
    for fact in facts:
        kept.setdefault(fact.id, fact)
    return tuple(kept.values())


def _without_echoes(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Leave out sentences that are the definition of their subject and nothing more: they would be asked twice."""
    defined = {
        (fact.source.file, fact.term.casefold()): normal(fact.definition) for fact in facts if isinstance(fact, DefinitionFact)
    }
    return tuple(
        fact
        for fact in facts
        if not isinstance(fact, PropertyFact)
        or (definition := defined.get((fact.source.file, fact.subject.strip("`").casefold()))) is None
        or definition not in normal(fact.sentence)
    )


def _frame(fact: PropertyFact | CautionFact, keyword: str) -> str:
    return f"{fact.language}{fact.sentence.replace(keyword, chr(1), 1).replace(fact.subject, chr(2), 1)}"


def _grouped(facts: Sequence[F], key: Callable[[F], str]) -> dict[str, list[F]]:
    groups: dict[str, list[F]] = {}
    for fact in facts:
        groups.setdefault(key(fact), []).append(fact)
    return groups
