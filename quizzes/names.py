"""Names where a note has placeholders: an exam says `docker rm web`, not `docker rm CONTAINER`.

What a placeholder stands for follows from its own words ("branch"), from what the command takes in its place, or from
the purpose of the line. Names are counted in each line anew, so that the lines of one question work on the same things
and no name tells one of them from the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from notes import grammar
from notes.facts import CommandFact, Fact, FlagFact, Language
from quizzes.wording.base import data_rows
from quizzes.wording.tidy import outside_code

LONGEST_WORD = 40  # letters of what may be a noun in front of a placeholder
_MAYBE = re.compile(r"[<〈\[{_一-鿿]|[A-Z]{2}|xx|your|name|path/to")
_QUOTED = re.compile(r"('[^'\n]*'|\"[^\"\n]*\")")
_WHOLE = re.compile(r"(['\"])(?:<([^<>]{2,40})>|\[([一-鿿A-Za-z][^\[\]]{1,40})\]|〈([^〈〉]{2,40})〉)\1")
_TAGGED = re.compile(
    r"(?P<image>\b(?:IMAGE|REPOSITORY|NAME)|<[^<>\s]*(?:image|镜像|repo|name)[^<>]*>|\[[^\[\]]*镜像[^\[\]]*\]|[一-鿿]*镜像[一-鿿]*)"
    r"\[?:(?:\[?TAG\]?|tag|<(?:image-)?tag(?:name)?>|[<\[]?(?:标签|版本)[^\s\]<>]*[\]>]?)(?:\|@DIGEST)?\]?"
)
#: Two words for one thing: container_name/container_id.
_EITHER = re.compile(r"(?P<one>\w*(?:name|名称?|id|ID))\s?(?:/|\||或者?)\s?(?P<other>\w*(?:name|名称?|id|ID))(?!\w)")
_SLOT = re.compile(
    r"<(?P<angle>[^\s<>|&;()@=][^<>|&;()@=]{0,38}[^\s<>|&;()@=]|[a-zA-Z])>"
    r"|〈(?P<corner>[^〈〉]{1,40})〉"
    r"|\[(?P<square>[一-鿿\w][一-鿿\w /_.-]{1,28})\](?:\.{3})?"
    r"|(?<![$@\w])\{\{? ?(?P<brace>[A-Za-z一-鿿][\w一-鿿 -]{1,30}?) ?\}?\}"
    r"|(?<![\w.@$\"'`{%-])(?P<han>[一-鿿]+(?:id|ID|\d*))(?![\w一-鿿])"
    r"|(?<![\w.-])(?P<path>(?:\.?/)?path/to/(?:your[-_])?(?:directory|dir|folder|file))(?![\w./-])"
    r"|(?<![\w.$\"'`{%-])(?P<ended>x{3,})(?=\.[a-zA-Z]\w{0,3}\b)"
    r"|(?<![\w.$\"'`{%-])(?P<upper>[A-Z][A-Z_]+\d*|x{3,}|your[-_][\w-]+"
    r"|[a-z]+(?:_[a-z]+)*_(?:path|name|dir|file|id|tag|port|url|branch|image|container))(?![\w=.({-])"
    r"|(?<![\w./=-])(?P<joined>(?:pod|container|image|branch|file|volume|network|namespace|service|node|user)-?(?:name|id))(?![\w=./-])"
)
_ENDING = re.compile(r"\.(?P<ending>7z|[A-Za-z][A-Za-z0-9]{0,4})\b")
_OWN_ENDING = re.compile(r"[\w-]+\.([a-z]\w{0,4})")  # a placeholder that says what its name ends in: <file.yaml>
_STEMS = (
    (frozenset(("tar", "gz", "tgz", "zip", "7z", "bz2", "xz", "Z", "rar")), ("backup", "site")),
    (frozenset(("yaml", "yml", "json", "jar", "py", "js")), ("app", "web")),
    (frozenset(("sh",)), ("backup", "deploy")),
)
_WITHOUT_KIND = re.compile(r"(?:(?:your|my|the) )?(?:name|id|names|ids|x{3,}|名称|名字|名|编号)", re.I)
_CAPITALS = re.compile(r"[A-Z]{3}")
_NEVER = re.compile(r"(?!)")
_ASIDE = re.compile(r"\d+$|\.{3}$")


@dataclass(frozen=True)
class Name:
    """A name that took a placeholder's place."""

    kind: str  # "container"
    text: str  # "web"


@dataclass(frozen=True)
class Named:
    """A line with names for its placeholders."""

    line: str
    names: tuple[Name, ...]  # those that were put in, in their order
    is_open: bool  # a placeholder is left, for nobody knows what it stands for


@dataclass(frozen=True)
class _Kind:
    name: str
    tool: str  # "" for any
    words: tuple[str, ...]
    said: re.Pattern[str]  # any of the words
    names: tuple[str, ...]
    nouns: tuple[str, str]  # Chinese, English


def with_names(fact: Fact) -> Fact:
    """Give a command fact with names in its line, and an option's meaning with words for what a manual writes in capitals;
    ids stay those of the note.
    """
    if isinstance(fact, FlagFact):
        meaning = in_words(fact.meaning) if fact.language == "zh" else fact.meaning
        return fact if meaning == fact.meaning else replace(fact, meaning=meaning)
    if not isinstance(fact, CommandFact):
        return fact
    found = named(fact.command, fact.purpose)
    return fact if found.line == fact.command else replace(fact, command=found.line, written=fact.command)


def in_words(meaning: str) -> str:
    """Say in Chinese what a manual page writes in capitals: "排除 FILE 中的内容" is "排除指定文件中的内容"."""
    if not _CAPITALS.search(meaning):
        return meaning
    return outside_code(lambda part: _metavariables()[0].sub(_said, part), meaning)


def _said(found: re.Match[str]) -> str:
    words = _metavariables()[1][found["word"]]
    return words if not words.isascii() else f"{found['before']} {words} ".replace("  ", " ")


@cache
def _metavariables() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of the words, each with the noun in front that says the same, and what is said for them."""
    rows = dict(row.split(" = ") for row in data_rows("metavariables.zh.txt"))
    nouns = "|".join(sorted({words[2:] for words in rows.values() if len(words) > 3}, key=len, reverse=True))
    words = "|".join(sorted(map(re.escape, rows), key=len, reverse=True))
    return re.compile(rf"(?P<before>(?:指定的?)?(?:{nouns})?)\s?(?<![\w<-])(?P<word>{words})(?![\w=>-])\s?"), rows


def names_in(fact: CommandFact) -> tuple[Name, ...]:
    """Give the names that took the place of placeholders in a fact's line."""
    return named(fact.written, fact.purpose).names if fact.written else ()


def noun(kind: str, language: Language) -> str:
    """Say what a name is the name of."""
    return next((row.nouns[language == "en"] for row in _kinds() if row.name == kind), "")


@lru_cache(maxsize=4096)
def named(line: str, purpose: str = "") -> Named:
    """Put names in the place of a line's placeholders; a line of which one is not understood stays as it is."""
    if not _MAYBE.search(line):
        return Named(line, (), False)
    return _Line(line, purpose).named()


class _Line:
    """One line while its placeholders are read."""

    def __init__(self, line: str, purpose: str) -> None:
        self._line, self._purpose = line, purpose
        self._text = _EITHER.sub(_one, _TAGGED.sub(lambda found: found["image"], line.replace("(s)", "")))
        self._command = _name_of(self._text)
        self._counts: dict[str, int] = {}
        self._names: list[Name] = []
        self._open = False

    def named(self) -> Named:
        parts = _QUOTED.split(self._text)
        parts[::2] = [_SLOT.sub(self._put, part) for part in parts[::2]]
        parts[1::2] = [_WHOLE.sub(self._put_quoted, part) for part in parts[1::2]]
        if self._open:
            return Named(self._line, (), True)
        text = "".join(parts)
        return Named(self._line if text == self._line else re.sub(r"  +", " ", text).strip(), tuple(self._names), False)

    def _put(self, found: re.Match[str]) -> str:
        if self._open:
            return found.group()  # the line stays as it is, whatever else stands in it
        word = next(part for part in found.groups() if part)
        ending = _ENDING.match(found.string, found.end())
        kind = self._ending_of(ending["ending"]) if ending else self._kind_of(word, found.string[: found.start()])
        sure = bool(found["angle"] or found["corner"]) or (bool(found["square"]) and not word.isascii())
        if sure and (own := _OWN_ENDING.fullmatch(word)):
            return f"{self._next(self._ending_of(own[1]))}.{own[1]}"
        if kind is None:
            self._open |= sure and "/" not in word
            return word if sure and "/" in word else found.group()
        if not kind.names:
            return ""
        name = self._next(kind)
        if found.string[: found.start()].endswith("/"):
            name = name.rpartition("/")[2]
        return f"'{name}'" if " " in name else name

    def _put_quoted(self, found: re.Match[str]) -> str:
        word = next(part for part in found.groups()[1:] if part)
        kind = self._kind_of(word, "")
        if kind is None or not kind.names:
            self._open |= not word.isascii()
            return found.group()
        return found.group(1) + self._next(kind) + found.group(1)

    def _next(self, kind: _Kind) -> str:
        place = self._counts.get(kind.name, 0)
        self._counts[kind.name] = place + 1
        if place >= len(kind.names):
            self._open = True
            return ""
        self._names.append(Name(kind.name, kind.names[place]))
        return kind.names[place]

    def _ending_of(self, ending: str) -> _Kind:
        """The kind of a name of which the note gives the ending: the name comes without its own."""
        stems = next((stems for endings, stems in _STEMS if ending in endings), ("notes", "report"))
        return _Kind("file", "", (), _NEVER, stems, ("文件", "file"))

    def _kind_of(self, word: str, before: str) -> _Kind | None:
        text = " ".join(re.split(r"[\s_-]+", _ASIDE.sub("", word))).casefold().removeprefix("/").removeprefix("./")
        return self._kind_by_word(text) or (self._kind_of_place(before) if _WITHOUT_KIND.fullmatch(text) else None)

    def _kind_by_word(self, text: str) -> _Kind | None:
        """The first kind with a word of the text; a text of two parts, `origin/main`, is a kind's as a whole only."""
        kinds = (kind for kind in _kinds() if self._holds_here(kind) and _says(text, kind))
        return next((kind for kind in kinds if "/" not in text or any("/" in word for word in kind.words)), None)

    def _holds_here(self, kind: _Kind) -> bool:
        return not kind.tool or kind.tool == self._command or kind.tool == self._command.split(" ")[0]

    def _kind_of_place(self, before: str) -> _Kind | None:
        """What a word that only says "name" stands for: by the word before it, by the command, by the purpose."""
        words = before.split()
        if words and words[-1] == "--name" and self._command.startswith("docker"):
            return self._kind_by_word("container")
        if option := re.search(r"--([a-z-]+)[= ]$", before):
            return self._kind_by_word(option[1].replace("-", " "))
        if len(words) > 1 and not words[-1].startswith("-") and len(words[-1]) <= LONGEST_WORD:
            beside = self._kind_by_word(words[-1].casefold().rstrip("/"))
            if beside:
                return beside
        if words and words[-1].startswith("-") and words[-1] not in ("-f", "-it", "-d"):
            return None
        known = grammar.commands().get(self._command)
        operands = [word for word in words[len(self._command.split(" ")) :] if not word.startswith("-")]
        if known and len(operands) < len(known.operands):
            wanted = re.split(r"[\[|:]", known.operands[len(operands)].strip("[]"))[0].replace("_", " ").casefold()
            if found := self._kind_by_word(wanted):
                return found
        purpose = self._purpose.casefold()
        told = (kind for kind in _kinds() if kind.name in _TOLD and self._holds_here(kind) and _says(purpose, kind))
        return next(told, self._kind_by_word("container") if known else None)


#: Kinds that a purpose may name: "show an image in detail".
_TOLD = frozenset(("container", "image", "volume", "network", "pod", "service", "branch", "remote", "tag"))


def _one(found: re.Match[str]) -> str:
    """Of a name and an ID take the name."""
    one, other = found["one"], found["other"]
    if not any(word.casefold().endswith("id") for word in (one, other)):
        return found.group()
    return other if one.casefold().endswith("id") and len(other) > 4 else one


def _says(text: str, kind: _Kind) -> bool:
    return kind.said.search(text) is not None


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Words of Han anywhere, Latin ones as whole words, one or many."""
    parts = (re.escape(word) if not word.isascii() else rf"(?<![a-z]){re.escape(word)}s?(?![a-z])" for word in words)
    return re.compile("|".join(parts))


def _name_of(line: str) -> str:
    parsed = grammar.parse_command(line)
    return parsed.name if parsed else line.split(" ")[0]


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(_read())


def _read() -> Iterator[_Kind]:
    for row in data_rows("names.txt"):
        kind, words, names, zh, en = (part.strip() for part in row.split("|"))
        name, _, tool = kind.partition("@")
        known = tuple(words.split(", "))
        yield _Kind(name, tool, known, _pattern(known), tuple(names.split(", ")) if names else (), (zh, en))
