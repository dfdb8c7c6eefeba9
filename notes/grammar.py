"""Docker's command grammar, taken from the real client, and command lines parsed with tree-sitter-bash."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import tree_sitter_bash
from rapidfuzz.distance import OSA
from tree_sitter import Language, Node, Parser

from notes.tools import DOCKER_PLUGINS, NESTED, SUBCOMMANDS, TOOLS

DATA = Path(__file__).parent / "data" / "docker-grammar.json"
#: Longer lines are data, not commands worth reading.
MAX_LINE = 4000
_BASH = Language(tree_sitter_bash.language())
_PLACEHOLDER = re.compile(r"<([^<>|&;()\s][^<>|&;()\n]{0,40})>")
#: The parser's C scanner crashes on some characters beyond ASCII: it sees a letter in their place,
#: one byte for each, so that its offsets are those of the text.
_NOT_ASCII = re.compile(r"[^\t\n\r -~]")
_PREFIXES = frozenset(("sudo", "nohup", "time", "exec", "command"))


@dataclass(frozen=True)
class Option:
    """One option of a Docker command as the client's help gives it."""

    flags: tuple[str, ...]  # every spelling, short one first: ("-p", "--publish")
    argument: str  # "" for a switch, else the client's word for its value: "list"
    description: str
    removed: bool = False  # the newest client no longer takes it
    hidden: bool = False  # the newest client takes it and no longer lists it


@dataclass(frozen=True)
class Command:
    """One Docker command as the client's help gives it."""

    name: str  # the shortest spelling: "docker run", not "docker container run"
    aliases: tuple[str, ...]
    usage: str  # "docker run [OPTIONS] IMAGE [COMMAND] [ARG...]"
    description: str
    options: tuple[Option, ...]

    @property
    def runs_a_command(self) -> bool:
        """Whether everything behind the first argument belongs to a command run inside."""
        return "[COMMAND]" in self.usage or "COMMAND [ARG" in self.usage

    @cached_property
    def operands(self) -> tuple[str, ...]:
        """The words of the usage line behind the options: ("CONTAINER", "[CONTAINER...]")."""
        words = self.usage.removeprefix(self.name).split()
        return tuple(word for word in words if word != "[OPTIONS]" and not word.startswith(("|", "(")))

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The operands that must be given: ("CONTAINER",)."""
        return tuple(word for word in self.operands if not word.startswith("["))


@dataclass(frozen=True)
class Given:
    """An option as it was given on a command line."""

    flag: str  # one option, "-i" of "-it"
    value: str  # "" when none was given
    known: bool  # the grammar has it; always True for tools without a grammar


@dataclass(frozen=True)
class ParsedCommand:
    """One simple command of a line."""

    name: str  # canonical words: "docker run" for `docker container run`; "git commit"; "tar"
    typed: str  # the name's words as they stand in the line
    options: tuple[Given, ...]
    arguments: tuple[str, ...]  # operands; for `docker run` the image and the command inside
    line: str  # the whole line it was found in
    nested: bool  # inside $(...) or backticks, or not the first of a pipeline or list

    @property
    def tool(self) -> str:
        return self.name.split(" ", 1)[0]


@cache
def commands() -> Mapping[str, Command]:
    """Give every Docker command by its shortest name."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["commands"]
    return {name: _command(name, row) for name, row in rows.items()}


def _command(name: str, row: dict[str, Any]) -> Command:
    read = tuple(
        Option(
            tuple(option["flags"]),
            str(option["argument"]),
            str(option["description"]),
            bool(option.get("removed")),
            bool(option.get("hidden")),
        )
        for option in row["options"]
    )
    return Command(name, tuple(row["aliases"]), str(row["usage"]), str(row["description"]), _renamed(read))


def _renamed(options: Sequence[Option]) -> tuple[Option, ...]:
    """Give options that were renamed their old spelling too: `docker stop` takes `--time` for `--timeout`.

    The client still takes an old name without listing it; it is the beginning of the new one, `--net` of `--network`.
    """
    old: dict[str, str] = {}  # new name -> old one
    for option in options:
        listed = [
            other.flags[-1]
            for other in options
            if option.hidden and not other.hidden and other.argument and other.flags[-1].startswith(option.flags[0])
        ]
        if option.argument and listed:
            old[min(listed, key=len)] = option.flags[0]
    return tuple(
        replace(option, flags=(*option.flags[:-1], old[option.flags[-1]], option.flags[-1]))
        if option.flags[-1] in old
        else option
        for option in options
        if option.flags[0] not in old.values()
    )


@cache
def _names() -> Mapping[str, str]:
    """Every spelling of a Docker command and its shortest one."""
    spelled = {name: name for name in commands()}
    for command in commands().values():
        spelled.update(dict.fromkeys(command.aliases, command.name))
    return spelled


def canonical(name: str) -> str:
    """Give the shortest spelling of a command: `docker image ls` is `docker images`."""
    return _names().get(name, name)


def same_option(first: str, second: str, command: str) -> bool:
    """Whether two flags are one option of a command: `-p` and `--publish`."""
    option = find_option(command, first)
    return first == second or (option is not None and second in option.flags)


def find_option(command: str, flag: str) -> Option | None:
    """Find an option of a Docker command by any of its spellings; None when the client has no such option."""
    return _options(canonical(command)).get(flag.split("=", 1)[0])


@cache
def _options(command: str) -> Mapping[str, Option]:
    known = commands().get(command)
    if known is None:
        return {}
    shared = commands()["docker"].options if command != "docker" else ()
    pairs = [(flag, option) for option in (*shared, *known.options) for flag in option.flags]
    return (
        dict(pairs)
        if command == "docker"
        else {flag: option for flag, option in pairs if option in known.options}
    )


def is_tool(word: str) -> bool:
    return word in TOOLS


def knows(command: str) -> bool:
    """Whether a name is a command of Docker's client or of a tool on the list."""
    name = canonical(command)
    tool, _, rest = name.partition(" ")
    if tool == "docker":
        return name in commands() or rest.split(" ")[0] in DOCKER_PLUGINS
    if rest and tool in SUBCOMMANDS:
        return rest.split(" ")[0] in SUBCOMMANDS[tool]
    return tool in TOOLS and not rest


def nearest(word: str, known: Iterator[str] | frozenset[str] | tuple[str, ...] | list[str]) -> str:
    """Give the known word that a misspelt one most likely means; "" when none is close."""
    allowed = 1 if len(word) < 9 else 2
    if len(word) < 4:
        return ""
    scored = [(OSA.distance(word, other, score_cutoff=allowed), other) for other in known if other != word]
    close = sorted((distance, other) for distance, other in scored if distance <= allowed and len(other) >= 4)
    return close[0][1] if close else ""


@cache
def children(name: str) -> tuple[str, ...]:
    """The words that may follow a command's name: `docker` gives run, ps, …; () when there are none."""
    if name.split(" ")[0] == "docker":
        depth = len(name.split(" "))
        inside = {spelled.split(" ")[depth] for spelled in _names() if spelled.startswith(name + " ")}
        return tuple(sorted(inside | (DOCKER_PLUGINS if name == "docker" else frozenset())))
    return tuple(sorted(NESTED.get(name, SUBCOMMANDS.get(name, frozenset()))))


def parse_command(line: str) -> ParsedCommand | None:
    """Parse the first command of a line without prompt; None when the line holds none."""
    return next(iter(parse_commands(line)), None)


@lru_cache(maxsize=16384)  # each extractor walks all commands of a note
def parse_commands(line: str) -> tuple[ParsedCommand, ...]:
    """Parse every simple command of a line, substitutions and pipelines included, in the order they stand."""
    if not line.strip() or len(line) > MAX_LINE:
        return ()
    found: list[ParsedCommand] = []
    for words in _simple_commands(line):
        while words and words[0] in _PREFIXES:
            words = words[1:]
            while words and words[0].startswith("-"):
                words = words[1:]
        if words and words[0].strip():
            found.append(_parse_words(words, line, nested=bool(found)))
    return tuple(found)


#: A line of plain words only, of which bash makes one command with just these words, and what it reads otherwise.
_PLAIN = re.compile(r"[A-Za-z][\w./-]*(?: +[\w./:@,+~%^-][\w./:@,+=~%^-]*)*", re.ASCII)
_RESERVED = frozenset(
    ("if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "select", "function", "time",
     "in", "coproc", "declare", "typeset", "export", "readonly", "local", "unset", "unsetenv")
)  # fmt: skip


def _simple_commands(line: str) -> Iterator[list[str]]:
    """Give the words of every simple command of a line."""
    if _PLAIN.fullmatch(line) and line.split(" ", 1)[0] not in _RESERVED:
        yield line.split()
        return
    source = _PLACEHOLDER.sub(lambda found: "〈" + found.group(1).replace(" ", "_") + "〉", line)
    tree = Parser(_BASH).parse(_NOT_ASCII.sub("a", source).encode("ascii"))
    for node in _command_nodes(tree.root_node):
        yield _words(node, source)


def _command_nodes(root: Node) -> list[Node]:
    nodes, stack = [], [root]
    while stack:
        node = stack.pop()
        if node.type == "command":
            nodes.append(node)
        stack.extend(reversed(node.named_children))
    return nodes


def _words(node: Node, source: str) -> list[str]:
    parts = [node.child_by_field_name("name"), *node.children_by_field_name("argument")]
    return [_decode(source[part.start_byte : part.end_byte]) for part in parts if part]


def _decode(word: str) -> str:
    if "$(" in word or "`" in word or ("'" not in word and '"' not in word):
        return word
    try:
        parts = shlex.split(word)
    except ValueError:
        return word
    return parts[0] if len(parts) == 1 else word


def _parse_words(words: list[str], line: str, nested: bool) -> ParsedCommand:
    if words[0] == "docker":
        return _parse_docker(words, line, nested)
    typed = _tool_name(words)
    rest = words[len(typed.split(" ")) :]
    options = tuple(
        _general_option(word) for word in rest if word.startswith("-") and len(word) > 1 and word != "--"
    )
    operands = tuple(word for word in rest if not word.startswith("-") or word == "-")
    return ParsedCommand(typed, typed, options, operands, line, nested)


def _tool_name(words: list[str]) -> str:
    name = words[0]
    if (
        name in SUBCOMMANDS
        and len(words) > 1
        and re.fullmatch(r"[a-z][a-z-]+", words[1])
        and SUBCOMMANDS[name]
    ):
        name = f"{name} {words[1]}"
        for word in words[2:4]:
            if word not in NESTED.get(name, ()):
                break
            name = f"{name} {word}"
    return name


def _general_option(word: str) -> Given:
    flag, _, value = word.partition("=")
    return Given(flag, value, True)


def _parse_docker(words: list[str], line: str, nested: bool) -> ParsedCommand:
    rest = words[1:]
    options: list[Given] = []
    while rest and rest[0].startswith("-"):
        given, rest = _take_option("docker", rest)
        options.extend(given)
    typed = "docker"
    while rest and (
        f"{typed} {rest[0]}" in _names() or (typed == "docker" and re.fullmatch(r"[a-z][\w-]+", rest[0]))
    ):
        typed, rest = f"{typed} {rest[0]}", rest[1:]
    name = canonical(typed)
    command = commands().get(name)
    operands: list[str] = []
    while rest:
        if (
            rest[0].startswith("-")
            and len(rest[0]) > 1
            and not (command and command.runs_a_command and operands)
        ):
            given, rest = _take_option(name, rest)
            options.extend(given)
        else:
            operands.append(rest[0])
            rest = rest[1:]
    return ParsedCommand(name, typed, tuple(options), tuple(operands), line, nested)


def _take_option(name: str, words: list[str]) -> tuple[list[Given], list[str]]:
    """Read one word of options (and its value) from the front; joined short options become several."""
    word, rest = words[0], words[1:]
    if word == "--":
        return [], rest
    flag, equals, value = word.partition("=")
    if flag.startswith("--") or (find_option(name, flag) and len(flag) == 2) or equals:
        option = find_option(name, flag)
        if not equals and option is not None and option.argument and rest:
            value, rest = rest[0], rest[1:]
        return [Given(flag, value, option is not None or name not in commands())], rest
    return _joined(name, flag[1:], rest)


def _joined(name: str, letters: str, rest: list[str]) -> tuple[list[Given], list[str]]:
    given: list[Given] = []
    for place, letter in enumerate(letters):
        option = find_option(name, f"-{letter}")
        if option is None or not option.argument:
            given.append(Given(f"-{letter}", "", option is not None or name not in commands()))
            continue
        value = letters[place + 1 :]
        if not value and rest:
            value, rest = rest[0], rest[1:]
        return [*given, Given(f"-{letter}", value, True)], rest
    return given, rest
