"""The facts a note states: frozen values, each with the place it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Language = Literal["zh", "en"]

#: How far the wording of the note can be trusted for asking without review.
#: "safe": measured patterns that may be asked; "unsure": feeds the coverage map and the report only.
Trust = Literal["safe", "unsure"]


@dataclass(frozen=True)
class Source:
    """Where a fact stands."""

    file: str  # name of the note as it was handed in, "docker-basics.zh.md"
    heading: tuple[str, ...]  # path of headings, outermost first, numbers stripped
    lines: tuple[int, int]  # first and last line, counted from 1, both included


@dataclass(frozen=True)
class Fact:
    """One teachable statement. Subclasses add what is stated; `identity` never holds wording."""

    source: Source
    language: Language  # of the sentence the fact was read from
    text: str  # the passage in the note's own words, plain text, for explanations
    trust: Trust

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it this fact: the subject, not the wording and not the line. Stays when reworded."""
        raise NotImplementedError

    @cached_property
    def id(self) -> str:
        """16 hex digits of the identity's SHA-256: equal identities are the same fact."""
        joined = "\x1f".join((type(self).__name__, *self.identity))
        return hashlib.sha256(joined.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class FlagFact(Fact):
    """What an option of a command means: `docker run`, `-P`, "publish to random ports"."""

    command: str  # "docker run"; never empty: without its command an option cannot be asked
    flag: str  # as written in the note, "-P"
    aliases: tuple[str, ...]  # its other spellings, from the note or the grammar: ("--publish-all",)
    argument: str  # "" when the option takes none, else its placeholder, "list"
    meaning: str  # cleaned as idioms say: no trailing mark, no example, no default
    default: str  # "" when the note states none

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.command, self.flag)


@dataclass(frozen=True)
class CommandFact(Fact):
    """What a command line does: `docker stop`, "stop a container"."""

    command: str  # the line with placeholders normalised: "docker start CONTAINER"
    name: str  # the words that name it, without options and arguments: "docker start"
    purpose: str
    written: str = ""  # the line with its placeholders, where names took their place: "docker start web"

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.written or self.command,)


@dataclass(frozen=True)
class DefinitionFact(Fact):
    """What a term means."""

    term: str  # "镜像"
    alias: str  # the same term in the other language or its abbreviation, "Image"; "" if none
    definition: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.term,)


@dataclass(frozen=True)
class ContrastFact(Fact):
    """Two things that differ in one dimension: -p and -P, stop and kill, image and container."""

    first: str
    second: str
    dimension: str  # "" when the note names none
    first_value: str
    second_value: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.first, self.second, self.dimension)


@dataclass(frozen=True)
class QuantityFact(Fact):
    """A number, duration, default, port or limit."""

    subject: str  # "docker stop"
    quantity: str  # what is counted, "waiting time before SIGKILL"
    value: str  # "10"
    unit: str  # "s"; "" if none
    sentence: str  # self-contained sentence that holds the value once

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.subject, self.quantity)


@dataclass(frozen=True)
class PropertyFact(Fact):
    """What holds of a subject: "an image is read-only". The stuff of true/false and cloze."""

    subject: str
    sentence: str  # self-contained, no pronoun without its noun
    keywords: tuple[str, ...]  # words of the sentence that matter and can be known, best first; () when none is known
    another: bool = False  # an earlier sentence of the note has the same subject and keywords
    marked: bool = False  # the note underlines the keywords, as what is to be known by heart

    @property
    def identity(self) -> tuple[str, ...]:
        told_by = (*self.keywords, self.sentence) if self.another else self.keywords
        return (self.subject, *(told_by or (self.sentence,)))


@dataclass(frozen=True)
class SequenceFact(Fact):
    """Ordered steps or layers."""

    name: str  # "the layers of a virtual machine, from bottom to top"
    steps: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True)
class MembersFact(Fact):
    """What a whole is made of, or what it can be: the members a sentence names."""

    whole: str  # "细胞器"
    opening: str  # the sentence up to its members, "细胞器包括"
    members: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.whole, *self.members)


@dataclass(frozen=True)
class PairsFact(Fact):
    """Pairs that a note sets side by side, each too small to be asked alone: terms with their English names, and what
    serves what.
    """

    sort: Literal["glosses", "served"]
    whole: str  # what the left sides are, "Hypervisor"; "" when the note does not say
    verb: str  # what joins the sides, "支持"; "" for names
    pairs: tuple[tuple[str, str], ...]

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.sort, *(one for one, _ in self.pairs))


@dataclass(frozen=True)
class ColumnFact(Fact):
    """What a column of a command's output means: `docker images`, REPOSITORY."""

    command: str
    column: str
    meaning: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.command, self.column)


@dataclass(frozen=True)
class RowFact(Fact):
    """What a table says of one thing among others of its sort: of port 22, that its service is SSH."""

    sort: str  # "port": the head of the first column
    name: str  # "22"
    attribute: str  # "service": the head of the column
    value: str  # "SSH"

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.sort, self.name, self.attribute)


@dataclass(frozen=True)
class OutputFact(Fact):
    """A sample output that can be read: the command and the lines it printed, as the note shows them."""

    command: str
    output: str
    commands_before: tuple[str, ...]  # what the note ran just before, in order: explains the output

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.command, self.output)


@dataclass(frozen=True)
class ErrorFact(Fact):
    """An error message with its cause and what helps; cause or fix may be ""."""

    message: str
    cause: str
    fix: str  # prose
    fix_command: str  # "" if none
    address: str = ""  # the one that stood in front of the message, "http://example.com/list"

    @property
    def shown(self) -> str:
        """The message as it was printed."""
        return f"{self.address}: {self.message}" if self.address else self.message

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.message,)


@dataclass(frozen=True)
class CautionFact(Fact):
    """Something to avoid or to be sure of."""

    subject: str
    sentence: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.subject, self.sentence)


@dataclass(frozen=True)
class ExampleFact(Fact):
    """A complete command line of the note that could be run: the stuff of practical tasks."""

    command: str  # prompt stripped, continuation lines joined, comment cut
    purpose: str  # from the comment or the sentence before it; "" if none

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.command,)


@dataclass(frozen=True)
class ConsequenceFact(Fact):
    """What follows from a command or an idea the note shows, by the tool's own behaviour.

    The note need not say it: whoever understood the note can tell. What is asked of it stands in the
    questions' data, under the same name.
    """

    name: str  # "state after create"

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True)
class Suspicion:
    """A line that looks wrong and is never asked: for the instructor's report."""

    source: Source
    what: str  # "unknown command", "unknown option", "image name one letter off", ...
    found: str  # "docker imspect"
    instead: str  # "docker inspect"; "" when nothing close is known


@dataclass(frozen=True)
class Picture:
    """A picture that a note shows, in a file beside it."""

    file: str  # path from the note's folder, "img/net.png"; may lead out of it
    alt: str  # what is said in place of it
    lines: tuple[int, int]  # of the passage it belongs to


@dataclass(frozen=True)
class Reading:
    """All that was read from one note."""

    file: str
    language: Language
    title: str
    text: str  # the note itself, line ends normalised to \n
    facts: tuple[Fact, ...]  # in the order of the note
    suspicions: tuple[Suspicion, ...]
    pictures: tuple[Picture, ...] = ()  # in the order of the note
