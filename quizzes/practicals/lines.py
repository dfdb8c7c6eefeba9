"""A plain command line read by its tool's own rules: options with and without values, and operands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quizzes.practicals.parts import NotATaskError

#: What a note writes where the reader shall put a name: <branch>, [文件名], 〈…〉.
_SLOT = re.compile(r"<([^<>|&;()@]{1,40})>|\[([^\[\]|&;()]{1,40})\]|〈([^〈〉]{1,40})〉")
_OPEN, _CLOSE = "\ue000", "\ue001"
_SHELL = re.compile(r"[|;&<>`]|\$\(|\$\{|\$\w")
_BARE_SLOT = re.compile(
    r"(?:xxx+|XXX+)(?:\.\w{1,4}){0,2}|(?:FILE(?:NAME)?S?|DIR(?:ECTORY)?|PATH|NAME|BRANCH|COMMIT|HASH|TAG|REMOTE|URL|PID|USER|MESSAGE|MSG)\d*"
    r"|(?:your|my)[-_]?(?:file(?:name)?|dir|folder|branch|name|repo)\w*|[\u4e00-\u9fff]+\d*"
    r"|[\u4e00-\u9fff]*(?:名称?|文件|包)(?:\.\w{1,4}){1,2}|(?:\.?/)?path/to/[\w.-]+"
)


@dataclass(frozen=True)
class Rules:
    """The options a tool's tasks can tell; one that is not here cannot be told."""

    switches: str = ""  # short options without a value, "rf"
    values: str = ""  # short options with one, "C"
    long: Mapping[str, str] = field(default_factory=dict)  # long spelling -> the name a maker asks for
    valued: frozenset[str] = frozenset()  # long names with a value
    ignored: frozenset[str] = frozenset()  # options whose only effect is what is printed
    bare: bool = False  # the first word may be a bundle of options without its dash, as tar's


@dataclass(frozen=True)
class PlainLine:
    """One command of a note."""

    tool: str
    options: Mapping[str, str]  # by short letter or long name, "" for a switch
    operands: tuple[str, ...]
    order: tuple[str, ...]  # the options' names as they stood

    def has(self, *names: str) -> bool:
        return any(name in self.options for name in names)

    def value(self, *names: str) -> str:
        return next((self.options[name] for name in names if name in self.options), "")


def split_line(command: str) -> list[str]:
    """Split a line into words; a slot is one word that `is_open` knows.

    :raise NotATaskError: it is more than one plain command
    """
    marked = _SLOT.sub(
        lambda found: _OPEN + re.sub(r"\s+", "-", next(part for part in found.groups() if part)) + _CLOSE, command
    )
    if _SHELL.search(re.sub(r"'[^']*'|\"[^\"$`]*\"", "''", marked)) or "\n" in marked:
        raise NotATaskError("a task is made of one plain command")
    try:
        words = shlex.split(marked)
    except ValueError as error:
        raise NotATaskError("the line is cut off in the note") from error
    while words and words[0] in ("sudo", "command"):
        words = words[1:]
    if not words:
        raise NotATaskError("the line holds no command")
    return words


def is_open(word: str) -> bool:
    """Tell whether a word only stands for a name that the reader shall put there."""
    return _OPEN in word or bool(_BARE_SLOT.fullmatch(word)) or "..." in word


def read_words(tool: str, words: Iterable[str], rules: Rules) -> PlainLine:
    """Read the words behind a tool's name.

    :raise NotATaskError: an option is not among the tool's rules
    """
    rest, options, order, operands = list(words), dict[str, str](), list[str](), list[str]()
    if rules.bare and rest and not rest[0].startswith("-") and re.fullmatch(r"[a-zA-Z]+", rest[0]):
        rest[0] = "-" + rest[0]
    while rest:
        word = rest.pop(0)
        if word == "--":
            operands += rest
            break
        if word.startswith("--"):
            name, _, value = word[2:].partition("=")
            short = rules.long.get(name)
            if short is None:
                raise NotATaskError(f"the option --{name} of {tool} cannot be told in a task")
            if (short in rules.valued or (len(short) == 1 and short in rules.values)) and "=" not in word:
                value = _next(rest, word, tool)
            options[short] = value
            order.append(short)
        elif word.startswith("-") and len(word) > 1:
            _bundle(tool, word[1:], rest, rules, options, order)
        else:
            operands.append(word)
    for name in rules.ignored:
        options.pop(name, None)
    return PlainLine(tool, options, tuple(operands), tuple(name for name in order if name in options))


def _bundle(
    tool: str, letters: str, rest: list[str], rules: Rules, options: dict[str, str], order: list[str]
) -> None:
    if letters.isdigit() and "n" in rules.values:  # head -5
        options["n"] = letters
        return
    if letters in rules.long:  # find -name
        options[rules.long[letters]] = _next(rest, f"-{letters}", tool) if rules.long[letters] in rules.valued else ""
        order.append(rules.long[letters])
        return
    for place, letter in enumerate(letters):
        if letter in rules.values:
            value = letters[place + 1 :]
            # tar's f may stand before other letters of an old bundle; its value is the next word all the same
            if value and not (rules.bare and value.isalpha()):
                options[letter] = value
                order.append(letter)
                return
            options[letter] = _next(rest, f"-{letter}", tool)
        elif letter in rules.switches or letter in rules.ignored:
            options[letter] = ""
        else:
            raise NotATaskError(f"the option -{letter} of {tool} cannot be told in a task")
        order.append(letter)


def _next(rest: list[str], option: str, tool: str) -> str:
    if not rest:
        raise NotATaskError(f"the option {option} of {tool} stands without its value")
    return rest.pop(0)


def quoted(*words: str) -> str:
    """Join words to a line; globs and options stay as they are, other marks are quoted."""
    return " ".join(word if re.fullmatch(r"[\w./:=@%+,*?~^{}-]+", word) else shlex.quote(word) for word in words if word)
