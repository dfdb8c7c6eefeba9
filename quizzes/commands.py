"""Whether two typed command lines mean the same.

Docker's own grammar says which spellings are one option and which options take a value; for other tools a
small table of GNU options does. What neither knows is compared word by word, with options free to stand in
another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from notes import grammar

_TABLE = Path(__file__).parent / "data" / "gnu-options.txt"
MAX_LINE = 4000  # characters; longer lines are equal only if they are the same text
CACHED = 4096  # lines remembered: generation compares each with its siblings
_OPERATORS = (
    "&&",
    "||",
    "|&",
    ";;",
    "2>&1",
    "&>",
    "2>>",
    "2>",
    ">>",
    "<<<",
    "<<",
    ">",
    "<",
    "|",
    ";",
    "&",
    "\n",
)
_REDIRECTS = ("2>&1", "&>", "2>>", "2>", ">>", "<<<", "<<", ">", "<")
_PROMPT = re.compile(r"^\s*(?:[$#>]|\[[^\]\n]*\][#$]|[\w.-]+@[\w.-]+:[^#$\n]*[#$])\s+(?=\S)")
_WORKING_FOLDER = re.compile(r"\$\(\s*pwd\s*\)|\$\{PWD\}|`\s*pwd\s*`")
_SLOT = re.compile(r"[<〈]([^<>〈〉|&;()\s]{1,40})[>〉]")  # a placeholder, with or without its brackets
_OLD_STYLE = {"tar"}  # their first word may be options without a dash
_RENAMED = {
    "--time": "--timeout",
    "--net": "--network",
    "--net-alias": "--network-alias",
    "--starts": "--stars",
}
_STREAMS = {
    ("docker export", ">"): "--output",
    ("docker save", ">"): "--output",
    ("docker load", "<"): "--input",
}
_HUB = re.compile(r"^(?:docker\.io/)?(?:library/)?")
_DEFAULT_PORT = re.compile(r"^((?:[\d.]+:)?(?:\d+:)?\d+)/tcp$")

Flag = tuple[str, str]  # canonical spelling and value, "" for a switch


@dataclass(frozen=True)
class Simple:
    """One simple command in canonical form."""

    name: str
    options: tuple[Flag, ...]  # sorted: their order says nothing
    operands: tuple[str, ...]
    redirects: tuple[Flag, ...]
    variables: tuple[str, ...]  # assignments in front, sorted


@dataclass(frozen=True)
class Line:
    """A whole line: simple commands and the operators between them."""

    commands: tuple[Simple, ...]
    operators: tuple[str, ...]


def same_command(first: str, second: str) -> bool:
    """Tell whether two command lines mean the same; an empty line equals nothing."""
    one, other = canonical_line(first), canonical_line(second)
    return one is not None and one == other


def spellings(line: str) -> list[str]:
    """Give a Docker line under the client's other names of its command, and with its options in long form."""
    read, parsed = canonical_line(line), grammar.parse_command(line)
    known = grammar.commands().get(parsed.name) if parsed else None
    if read is None or parsed is None or known is None or len(read.commands) != 1 or not line.startswith(parsed.name):
        return []
    rest = line.removeprefix(parsed.name)
    others = [alias + rest for alias in known.aliases if alias.split(" ")[1] != "builder"]
    long = [part for flag, value in read.commands[0].options for part in (flag, value) if part]
    if long and not read.commands[0].redirects:
        others.append(" ".join([parsed.name, *long, *parsed.arguments]))
    return [other for other in dict.fromkeys(others) if other != line]


def option_of(command: str, flag: str) -> Flag | None:
    """Give an option's canonical spelling and its value's placeholder, "" for a switch; None when the tables lack it."""
    known = grammar.find_option(command, flag)
    if known is not None:
        return max(known.flags, key=len), known.argument
    spelled = _gnu().get(command, {}).get(flag)
    return spelled and (spelled[0], "VALUE" if spelled[1] else "")


@lru_cache(maxsize=CACHED)
def canonical_line(text: str) -> Line | None:
    """Read a line into its canonical form; None when it is empty or cannot be read (an open quote)."""
    text = (
        _WORKING_FOLDER.sub("$PWD", _SLOT.sub(r"\1", _PROMPT.sub("", text.strip())))
        .replace("\\\n", " ")
        .strip(" \t\n;")
    )
    if not text or len(text) > MAX_LINE:
        return None
    try:
        tokens = list(_tokens(text))
    except ValueError:
        return None
    return _line(tokens)


def _line(tokens: Sequence[tuple[str, bool]]) -> Line | None:
    commands: list[Simple] = []
    operators: list[str] = []
    words: list[str] = []
    redirects: list[Flag] = []
    waiting = ""
    for token, is_operator in [*tokens, (";", True)]:
        if token == "2>&1" and is_operator:
            redirects.append((token, ""))
        elif is_operator and token in _REDIRECTS:
            waiting = token
        elif is_operator:
            if words or redirects:
                commands.append(_simple(words, redirects))
                operators.append(";" if token == "\n" else token)
            words, redirects, waiting = [], [], ""
        elif waiting:
            redirects.append((waiting, token))
            waiting = ""
        else:
            words.append(token)
    return Line(tuple(commands), tuple(operators[:-1])) if commands else None


def _simple(words: list[str], redirects: list[Flag]) -> Simple:
    variables = []
    while words and (re.match(r"[A-Za-z_]\w*=", words[0]) or words[0] == "sudo"):
        if words[0] != "sudo":
            variables.append(words[0])
        words = words[1:]
    name, options, operands = _parts(words)
    options += [(_STREAMS[name, mark], target) for mark, target in redirects if (name, mark) in _STREAMS]
    kept = tuple((mark, target) for mark, target in redirects if (name, mark) not in _STREAMS)
    return Simple(name, tuple(sorted(options)), tuple(operands), kept, tuple(sorted(variables)))


def _parts(words: list[str]) -> tuple[str, list[Flag], list[str]]:
    if not words:
        return "", [], []
    if words[0] in ("docker", "docker-compose"):
        return _docker(words if words[0] == "docker" else ["docker", "compose", *words[1:]])
    name = _known_name(words)
    table = _gnu().get(name)
    rest = words[len(name.split(" ")) :]
    if name in _OLD_STYLE and rest and re.fullmatch(r"[A-Za-z]+", rest[0]):
        rest = [f"-{rest[0]}", *rest[1:]]
    if name in ("head", "tail"):
        rest = [_lines(word) for word in rest]
    options, operands = _known([_here(word) for word in rest], table) if table is not None else _unknown(rest)
    return name, options, operands


def _lines(word: str) -> str:
    """The old form of a number of lines, `-20`."""
    return f"-n{word[1:]}" if re.fullmatch(r"-\d+", word) else word


def _here(word: str) -> str:
    """A path from the current folder without saying so: `./notes.txt` is `notes.txt`."""
    return re.sub(r"(^|=)\./(?=\w)", r"\1", word)


def _known_name(words: list[str]) -> str:
    """The longest prefix of words that the table knows, so that `git stash push` is not `git stash`."""
    for count in (3, 2):
        name = " ".join(words[:count])
        if len(words) >= count and name in _gnu():
            return name
    return words[0]


def _known(words: list[str], table: dict[str, tuple[str, bool]]) -> tuple[list[Flag], list[str]]:
    options: list[Flag] = []
    operands: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return options, [*operands, *rest]
        if word.startswith("--"):
            flag, equals, value = word.partition("=")
            spelling, takes = table.get(flag, (flag, False))
            options.append((spelling, value if equals else (rest.pop(0) if takes and rest else "")))
        elif re.match(r"-[A-Za-z]", word):
            options += _joined(word[1:], rest, table)
        else:
            operands.append(word)
    return options, operands


def _joined(letters: str, rest: list[str], table: dict[str, tuple[str, bool]]) -> Iterator[Flag]:
    for place, letter in enumerate(letters):
        spelling, takes = table.get(f"-{letter}", (f"-{letter}", False))
        if takes:
            yield spelling, letters[place + 1 :].removeprefix("=") or (rest.pop(0) if rest else "")
            return
        if letter.isdigit():
            yield "-" + letters[place:], ""
            return
        yield spelling, ""


def _unknown(words: list[str]) -> tuple[list[Flag], list[str]]:
    """Without a table a word behind an option is taken for its value; joined letters stay as they are,
    sorted.
    """
    options: list[Flag] = []
    operands: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            operands.append(word)
            continue
        flag, equals, value = word.partition("=")
        follows = rest and not rest[0].startswith("-") and len(rest) > 1
        options.append((flag, value if equals else (rest.pop(0) if follows else "")))
    return options, operands


def _docker(words: list[str]) -> tuple[str, list[Flag], list[str]]:
    rest, options = words[1:], list[Flag]()
    while rest and rest[0].startswith("-"):
        options += _docker_option("docker", rest)
    name = "docker"
    while rest and rest[0] in _children(name):
        name = f"{name} {rest.pop(0)}"
    name = grammar.canonical(name)
    command = grammar.commands().get(name)
    operands: list[str] = []
    while rest:
        inside = command is not None and command.runs_a_command and operands
        if rest[0].startswith("-") and rest[0] != "-" and not inside:
            options += _docker_option(name, rest)
        else:
            operands.append(_image(rest.pop(0)) if not inside else rest.pop(0))
    return name, options, operands


def _docker_option(name: str, rest: list[str]) -> list[Flag]:
    """Take one word of options, with its value, from the front of the rest."""
    word = rest.pop(0)
    if word == "--":
        return []
    flag, equals, value = word.partition("=")
    if not flag.startswith("--") and len(flag) > 2:
        return list(_docker_joined(name, word[1:], rest))
    option = grammar.find_option(name, flag)
    if option is None:
        return [(flag, value)]
    if option.argument and not equals:
        value = rest.pop(0) if rest else ""
    return [_flag(option, value)]


def _docker_joined(name: str, letters: str, rest: list[str]) -> Iterator[Flag]:
    for place, letter in enumerate(letters):
        option = grammar.find_option(name, f"-{letter}")
        if option is None:
            yield f"-{letter}", ""
        elif option.argument:
            yield _flag(option, letters[place + 1 :].removeprefix("=") or (rest.pop(0) if rest else ""))
            return
        else:
            yield _flag(option, "")


def _flag(option: grammar.Option, value: str) -> Flag:
    spelling = max(option.flags, key=len)
    spelling = _RENAMED.get(spelling, spelling)
    if not option.argument:
        return spelling, "" if value in ("", "true") else value
    if spelling == "--publish":
        value = _DEFAULT_PORT.sub(r"\1", value)
    return spelling, value


def _image(word: str) -> str:
    return _HUB.sub("", word).removesuffix(":latest")


@cache
def _children(name: str) -> frozenset[str]:
    return frozenset(grammar.children(name))


@cache
def _gnu() -> dict[str, dict[str, tuple[str, bool]]]:
    """The table: tool -> flag -> (canonical spelling, whether it takes a value)."""
    table: dict[str, dict[str, tuple[str, bool]]] = {}
    for row in _TABLE.read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            tool, _, words = row.partition(":")
            flags = table.setdefault(tool, {})
            for word in words.split():
                short, _, long = word.removesuffix("=").partition("/")
                spelling = f"--{long}" if long else f"-{short}"
                for flag in filter(None, (short and f"-{short}", long and f"--{long}")):
                    flags[flag] = (spelling, word.endswith("="))
    return table


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Split a line into words and operators; a word comes without its quotes, a substitution in canonical
    form.

    :raise ValueError: a quote or a bracket is never closed
    """
    place = 0
    while place < len(text):
        if text[place] in " \t":
            place += 1
            continue
        operator = next((mark for mark in _OPERATORS if text.startswith(mark, place)), "")
        if operator:
            yield operator, True
            place += len(operator)
            continue
        if text[place] == "#":
            end = text.find("\n", place)
            place = len(text) if end < 0 else end
            continue
        word, place = _word(text, place)
        yield word, False


def _word(text: str, place: int) -> tuple[str, int]:
    parts: list[str] = []
    while place < len(text) and text[place] not in " \t\n|&;<>":
        letter = text[place]
        if letter == "\\" and place + 1 < len(text):
            parts.append(_literal(text[place + 1]))
            place += 2
        elif letter == "'":
            end = text.index("'", place + 1)
            parts.append("".join(_literal(inner) for inner in text[place + 1 : end]))
            place = end + 1
        elif letter == '"':
            inner, place = _double_quoted(text, place + 1)
            parts.append(inner)
        elif text.startswith("$(", place) or letter == "`":
            inner, place = _substitution(text, place)
            parts.append(inner)
        elif letter == "<":
            break
        else:
            parts.append(letter)
            place += 1
    return "".join(parts), place


def _literal(letter: str) -> str:
    return "\\$" if letter == "$" else letter


def _double_quoted(text: str, place: int) -> tuple[str, int]:
    parts: list[str] = []
    while text[place : place + 1] != '"':
        if place >= len(text):
            raise ValueError("a double quote is never closed")
        if text[place] == "\\" and text[place + 1 : place + 2] in ('"', "\\", "$", "`"):
            parts.append(_literal(text[place + 1]))
            place += 2
        elif text.startswith("$(", place) or text[place] == "`":
            inner, place = _substitution(text, place)
            parts.append(inner)
        else:
            parts.append(text[place])
            place += 1
    return "".join(parts), place + 1


def _substitution(text: str, place: int) -> tuple[str, int]:
    if text[place] == "`":
        end = text.index("`", place + 1)
        inner, after = text[place + 1 : end], end + 1
    else:
        depth, after = 1, place + 2
        while depth:
            if after >= len(text):
                raise ValueError("a substitution is never closed")
            depth += {"(": 1, ")": -1}.get(text[after], 0)
            after += 1
        inner = text[place + 2 : after - 1]
    return f"$({canonical_line(inner)!r})", after
