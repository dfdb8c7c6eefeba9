"""Files and folders that an example names, made for a task: names, contents, and the setup that creates them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from quizzes.practicals.lines import is_open, quoted
from quizzes.practicals.parts import NotATaskError

_NAME = re.compile(r"[\w.@%+,-]+(?:/[\w.@%+,-]+)*")
_GLOB = re.compile(r"(?:[\w.@%+,-]+/)?\*(?:\.[\w]+)?|(?:[\w.@%+,-]+/)?[\w-]+\*(?:\.[\w]+)?")
_ENDING = re.compile(r"\.[A-Za-z][\w]{0,7}$|\.\d$")
#: Files that have no ending by custom: README, LICENSE, Makefile, Dockerfile.
_WITHOUT_ENDING = re.compile(r"[A-Z][A-Z_-]+|\w*file|hosts|passwd|syslog|crontab")


def path_of(word: str, instead: str) -> str:
    """Give the path below the work folder that an operand names: a slot becomes `instead`, an absolute path its end.

    :raise NotATaskError: it names nothing that could be made
    """
    if is_open(word):
        ending = re.search(r"(\.\w{1,4}){1,2}$", word)
        return re.sub(r"(\.\w{1,4})+$", "", instead) + ending.group() if ending and "/" not in word else instead
    path = re.sub(r"^(?:~|\$HOME|\.)?/", "", word) if not word.startswith("/") else posixpath.basename(word.rstrip("/"))
    path = path.rstrip("/")
    if not path or path in (".", "..", "~") or ".." in path.split("/"):
        raise NotATaskError(f"{word} is no file that can be made for a task")
    if not (_NAME.fullmatch(path) or _GLOB.fullmatch(path)):
        raise NotATaskError(f"{word} is no plain name of a file")
    return path


def is_glob(path: str) -> bool:
    return "*" in path


def looks_like_folder(path: str, word: str = "") -> bool:
    """Tell whether a name is a folder's: it ends in a slash, or has no ending where files have one."""
    name = posixpath.basename(path)
    return word.endswith("/") or not (_ENDING.search(name) or _WITHOUT_ENDING.fullmatch(name))


@dataclass
class Setup:
    """The lines that make a task's start."""

    lines: list[str] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    def folder(self, path: str) -> None:
        if path and path not in self.made:
            self.made.add(path)
            self.lines.append(f"mkdir -p {quoted(path)}")

    def file(self, path: str, *lines: str) -> None:
        """Write a file, with a line that names it unless lines are given."""
        self.folder(posixpath.dirname(path))
        if path in self.made:
            return
        self.made.add(path)
        if len(lines) > 1:
            self.lines.append(f"printf '%s\\n' {' '.join(_literal(line) for line in lines)} > {quoted(path)}")
        else:
            self.lines.append(f"echo {_literal(lines[0]) if lines else 'text of ' + posixpath.basename(path)} > {quoted(path)}")

    def source(self, path: str, word: str = "") -> bool:
        """Make what an operand reads: a file, a folder with two files, or files that a glob fits; tell if a folder."""
        if is_glob(path):
            for stem in ("one", "two"):
                name = path.replace("*", stem, 1)
                self.file(name if _ENDING.search(name) else f"{name}.txt")
            return False
        if looks_like_folder(path, word):
            self.file(f"{path}/one.txt")
            self.file(f"{path}/more/two.txt")
            return True
        self.file(path)
        return False

    def run(self, line: str) -> None:
        self.lines.append(line)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
