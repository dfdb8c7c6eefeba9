"""What a shell script does by its text alone: which commands it calls and what it prints word for word."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

_PRINTERS = frozenset({"echo", "printf", "cat", "print", "tee"})
_SPEAKERS = frozenset({"echo", "printf"})
#: Programs that run others in containers.
_ENGINES = frozenset({"docker", "podman", "nerdctl", "sudo"})
#: Programs that print what the sandbox itself is, whatever its engine holds.
_LOCAL = frozenset(
    {"uname", "hostname", "date", "id", "whoami", "pwd", "env", "printenv", "seq", "expr", "bc", "arch"}
    | {"nproc", "df", "free", "uptime", "ls", "ps", "python3", "python"}
)
_EXPANSIONS = frozenset({"command_substitution", "simple_expansion", "expansion", "process_substitution"})
#: Parts of a script that give a variable words.
_NAMING = frozenset({"variable_assignment", "for_statement"})
_WORD = re.compile(r"[^\s,\[\]{}\"'();|]+")
#: Visits to nodes of one script. Honest ones need some thousands; loops in loops in loops, made to be slow, are
#: taken as a whole: all their words count as spoken.
_MOST_VISITS = 200_000


@dataclass(frozen=True)
class Script:
    """A shell script read, not run."""

    text: str
    programs: frozenset[str]  # names in command position, "docker", "grep"
    spoken: frozenset[str]  # words that echo, printf or a here-document print as they stand

    loops: tuple[frozenset[str], ...] = ()  # the words that a loop runs over and may print, one set a loop
    inside: frozenset[str] = frozenset()  # the same, printed by programs that docker runs in a container
    local: bool = False  # prints something that no engine was asked for

    @property
    def said(self) -> frozenset[str]:
        """Every word it may print as it stands, the loops' ones too."""
        return self.spoken.union(*self.loops)

    @property
    def asks_engine(self) -> bool:
        """Whether it calls a program that can know the engine's state."""
        return bool(self.programs & {"docker", "curl", "podman", "nerdctl"})


class _Tangled(Exception):
    """The script takes too many visits to read."""


def asks_engine(text: str) -> bool:
    """Whether a script works on a Docker engine; one that only names it in a text does not."""
    return read_script(text).asks_engine


@functools.lru_cache(maxsize=512)
def read_script(text: str) -> Script:
    """Read a shell script. Never fails: what cannot be parsed is left out."""
    data = text.encode("utf-8", "replace")
    tree = _Tree(Parser(Language(tree_sitter_bash.language())).parse(data).root_node)
    try:
        return tree.read(text)
    except _Tangled:
        return Script(text, frozenset(), frozenset(_words(text)), local=True)


@functools.lru_cache(maxsize=512)
def open_commands(text: str) -> tuple[str, ...]:
    """Give the simple commands of a script whose output is not captured by another one, in their order.

    A script that is too tangled to be read has none.
    """
    data = text.encode("utf-8", "replace")
    try:
        return tuple(_Tree(Parser(Language(tree_sitter_bash.language())).parse(data).root_node).open_commands())
    except _Tangled:
        return ()


class _Tree:
    """A parsed script."""

    def __init__(self, root: Node) -> None:
        self._root, self._left = root, _MOST_VISITS

    def read(self, text: str) -> Script:
        nodes = list(self._walk(self._root))
        commands = [node for node in nodes if node.type == "command"]
        programs = frozenset(program for node in commands for program in _programs(node))
        spoken: set[str] = set()
        for node in commands:
            if _name(node) in _PRINTERS:
                spoken.update(self._literal_words(node))
        for node in nodes:
            if node.type in ("heredoc_body", "herestring_redirect"):
                spoken.update(_words(_text(node)))
        shown = {name for node in commands if _name(node) in _PRINTERS for name in self._variables(node)}
        telling = [node for node in nodes if node.type in _NAMING and shown & self._variables(node)]
        loops = [frozenset(self._literal_words(node)) for node in telling if node.type == "for_statement"]
        for node in telling:
            spoken.update(self._literal_words(node) if node.type == "variable_assignment" else ())
        inside = frozenset(word for node in commands if _name(node) in _ENGINES for word in self._said_inside(node))
        local = any(_name(node) in _LOCAL and self._prints(node) for node in commands)
        return Script(text, programs, frozenset(spoken), tuple(loops), inside, local)

    def open_commands(self) -> Iterator[str]:
        stack = [self._root]
        while stack:
            self._left -= 1
            if self._left < 0:
                raise _Tangled
            node = stack.pop()
            if node.type == "command":
                yield _text(node)
            elif node.type not in ("command_substitution", "process_substitution"):
                stack.extend(reversed(node.children))

    def _prints(self, node: Node) -> bool:
        """Whether a command's output is seen as it is: not captured, not filed, not made of what docker said."""
        above = node.parent
        while above is not None:
            if above.type in ("command_substitution", "process_substitution", "redirected_statement"):
                return False
            if above.type == "pipeline" and any(_name(inner) == "docker" for inner in self._walk(above)):
                return False
            above = above.parent
        return True

    def _literal_words(self, node: Node) -> Iterator[str]:
        for child in node.named_children:
            if child.type not in ("command_name", "variable_name", "do_group") and not any(
                inner.type in _EXPANSIONS for inner in self._walk(child)
            ):
                yield from _words(_text(child).replace("\\n", " "))

    def _said_inside(self, node: Node) -> Iterator[str]:
        """Give what `docker run busybox echo hi` and `docker exec web sh -c 'echo hi'` print word for word."""
        speaks = False
        for child in node.named_children:
            text = _text(child)
            if speaks and not any(inner.type in _EXPANSIONS for inner in self._walk(child)):
                yield from _words(text.replace("\\n", " "))
            elif child.type in ("string", "raw_string"):
                yield from read_script(text[1:-1]).spoken
            speaks = speaks or (child.type == "word" and text.rsplit("/", 1)[-1] in _SPEAKERS)

    def _variables(self, node: Node) -> set[str]:
        return {_text(inner) for inner in self._walk(node) if inner.type == "variable_name"}

    def _walk(self, node: Node) -> Iterator[Node]:
        stack = [node]
        while stack:
            self._left -= 1
            if self._left < 0:
                raise _Tangled
            current = stack.pop()
            yield current
            stack.extend(reversed(current.children))


def _programs(node: Node) -> Iterator[str]:
    name = _name(node)
    yield name
    if name in ("sudo", "exec", "time", "timeout", "xargs", "env", "nohup", "command", "watch"):
        yield from (_text(child) for child in node.named_children if child.type == "word")
    if name in ("sh", "bash", "eval"):
        for child in node.named_children:
            if child.type in ("string", "raw_string"):
                yield from _words(_text(child))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _name(node: Node) -> str:
    for child in node.named_children:
        if child.type == "command_name":
            return _text(child).strip("'\"").rsplit("/", 1)[-1]
    return ""


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
