"""Listings of shell commands: prompts stripped, commands told from comments and from output."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from notes.blocks import Block
from notes.grammar import ParsedCommand, is_tool, knows, parse_commands
from notes.text import HAN, han_count

LineKind = Literal["blank", "comment", "command", "usage", "option", "output", "other"]
#: Words behind a fence that say "not a shell": such a listing is not read.
NOT_SHELL = frozenset(
    [
        "c",
        "cpp",
        "c++",
        "cc",
        "h",
        "java",
        "js",
        "javascript",
        "jsx",
        "ts",
        "typescript",
        "tsx",
        "py",
        "python",
        "go",
        "rust",
        "rs",
        "rb",
        "ruby",
        "php",
        "cs",
        "csharp",
        "swift",
        "kotlin",
        "scala",
        "perl",
        "lua",
        "r",
        "sql",
        "mysql",
        "json",
        "yaml",
        "yml",
        "xml",
        "html",
        "css",
        "scss",
        "toml",
        "ini",
        "conf",
        "nginx",
        "diff",
        "dockerfile",
        "docker-compose",
        "makefile",
        "make",
        "groovy",
        "gradle",
        "properties",
        "vue",
        "graphql",
        "proto",
        "latex",
        "tex",
        "math",
        "mermaid",
        "plantuml",
        "dot",
        "matlab",
        "haskell",
        "elixir",
        "erlang",
        "clojure",
        "vb",
        "vim",
        "viml",
        "csv",
        "tsv",
        "md",
        "markdown",
    ]
)
_PROMPT = re.compile(
    r"^\s*(?:\([\w.-]+\)\s*)?(?:\[[^\]\n]{1,60}\]\s?[#$%]|\[[\w.-]+@[\w.-]+[^\]\n]*\](?=\s)|"
    r"[\w.-]+@[\w.-]+:[^#$\n]{0,80}[#$]|"
    r"[\w.-]+:[~/][^#$\n]{0,80}[#$]|PS [A-Z]:[^>\n]{0,80}>|[A-Z]:\\[^>\n]{0,80}>|[$%](?=\s\S))\s+"
)
_BARE_PROMPT = re.compile(r"^\s*[#>]\s+(?=\S)")
_COMMENT = re.compile(r"^\s*(?:#+|//|--(?=\s)|rem\s|REM\s|;(?=\s))\s*(.*)$")
_TRAILING = re.compile(r"\s+(?:#+|//)\s*(?=\S)(?![!/])")
_GAP = re.compile(f"\\s{{2,}}(?=[（(]?[{HAN}])|\\s(?=[{HAN}，。、（）]+$)")
_WIDE_GAP = re.compile(f"\\s{{2,}}(?=[（(]?[{HAN}])")
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
_PROSE = re.compile(r"\s(?:the|a|an|to|of|with|for|and|is|are|that|your|from|into|it)(?=\s|$)", re.I)
_PLACE = re.compile(
    r"\[(?:OPTIONS?|COMMAND|ARG|选项|参数|options?|command|flags)[^\]]*\]|"
    r"\[[A-Za-z\u4e00-\u9fff]+\.\.\.\]|\.\.\.",
    re.I,
)
_SHELL_WORDS = frozenset(
    ["for", "while", "if", "until", "case", "function", "do", "done", "then", "else", "fi", "esac", "{", "}"]
)
_PATH_ONLY = re.compile(r"/[\w./-]+\s*")
_SETTING = re.compile(r"[A-Z_]+=\S*")
_OPTION = re.compile(r"-{1,2}[\w?]")
_WIDE_START = re.compile(r"\s{3,}\S")
_WIDE_COLUMN = re.compile(r"\S\s{3,}\S")
_QUOTE_ON = re.compile(r"['\"].*")
_GIVEN = re.compile(r"\s-\w")
_WORD = re.compile(r"\w")
_QUOTING = re.compile(r"['\"<>\[]")
_FULL_WIDTH = re.compile("[；｜＆]")


@dataclass(frozen=True)
class ListingLine:
    """One line of a listing, or a command of several lines."""

    kind: LineKind
    lines: tuple[int, int]  # in the note, counted from 1
    text: str  # a command without prompt and comment; a comment without its mark; else the line
    behind: str = ""  # the comment or explanation behind a command
    command: ParsedCommand | None = None  # the one the line is about: of `cat x | docker load` the second
    prompted: bool = False
    commented: bool = False  # a command written inside a comment


def read_listing(block: Block) -> tuple[ListingLine, ...]:
    """Read a fence line by line; () when it is not about a shell."""
    if block.kind != "fence" or block.info in NOT_SHELL:
        return ()
    rows = block.text.split("\n")
    if rows and not rows[-1].strip():
        rows.pop()
    first = block.lines[0] + (0 if block.info == "indented" else 1)
    prompts = any(_prompt(row) for row in rows)
    found: list[ListingLine] = []
    place = 0
    while place < len(rows):
        row, used = _join(rows, place)
        line = _read(row, (first + place, first + place + used - 1), prompts, block.info)
        if found and _goes_on(found[-1], rows[place - 1], line, row):
            found[-1] = replace(found[-1], behind=f"{found[-1].behind} {line.text}", lines=(found[-1].lines[0], line.lines[1]))
        else:
            found.append(line)
        place += used
    return tuple(found)


def _goes_on(command: ListingLine, above: str, line: ListingLine, row: str) -> bool:
    """Tell whether a comment goes on with the one behind the command above: its mark stands below that one's."""
    column = row.find("#")
    return bool(command.behind) and line.kind == "comment" and column >= 8 and above[column : column + 1] == "#"


def _prompt(row: str) -> str:
    found = _PROMPT.match(row.replace("～", "~"))
    return found.group() if found else ""


def _join(rows: list[str], place: int) -> tuple[str, int]:
    """Join a line with its continuations: backslash, here-documents, a path cut off."""
    row, used = rows[place], 1
    if row.lstrip().startswith("#") and not row.rstrip().endswith("\\"):
        return row, 1
    while row.rstrip().endswith("\\") and place + used < len(rows) and used < 60:
        row = row.rstrip()[:-1].rstrip() + " " + rows[place + used].strip()
        used += 1
    heredoc = _HEREDOC.search(row)
    if heredoc and _tool_of(_strip(row)[0]):
        for ahead in range(1, min(80, len(rows) - place - used + 1)):
            if rows[place + used + ahead - 1].strip() == heredoc.group(1):
                return "\n".join([row, *rows[place + used : place + used + ahead]]), used + ahead
    following = rows[place + used] if place + used < len(rows) else ""
    if (
        _PATH_ONLY.fullmatch(following)
        and row.count(" ") > 2
        and _tool_of(_strip(row)[0])
        and used == 1
        and place + used + 1 == len(rows)
    ):
        return f"{row.rstrip()} {following.strip()}", 2
    return row, used


def _strip(row: str) -> tuple[str, bool]:
    """Take the prompt off a line: (rest, whether there was one)."""
    row = row.replace("～", "~") if "～" in row[:60] else row
    prompt = _prompt(row)
    if prompt:
        return row[len(prompt) :].strip(), True
    bare = _BARE_PROMPT.match(row)
    if bare and row.lstrip()[0] == ">" and _tool_of(row[bare.end() :]):
        return row[bare.end() :].strip(), True
    return row.strip(), False


def _tool_of(text: str) -> str:
    """The tool a line starts with, sudo and variable settings skipped; "" when it starts with none."""
    for word in text.split()[:4]:
        if word in ("sudo", "-E") or _SETTING.fullmatch(word):
            continue
        return word if is_tool(word) else ""
    return ""


def _read(row: str, lines: tuple[int, int], prompts: bool, info: str) -> ListingLine:
    if not row.strip():
        return ListingLine("blank", lines, "")
    text, prompted = _strip(row)
    if not prompted and text.startswith(("#", "//")):
        return _read_comment(row, text, lines, info)
    if _OPTION.match(text):
        return ListingLine("option", lines, row)
    deep = len(row) - len(row.lstrip()) >= 2 and " " not in text and not prompted
    if _tool_of(text) and not deep and not _looks_like_output(row, text):
        return _read_command(text, lines, prompted)
    if prompted:
        return ListingLine("command", lines, text, prompted=True)
    first = text.split()[0]
    kind: LineKind = "other" if first in _SHELL_WORDS or (not prompts and "(" in first) else "output"
    return ListingLine(kind, lines, row.rstrip())


def _looks_like_output(row: str, text: str) -> bool:
    """A tool's name may open a line of output or prose: `make sure that`, `docker   17.03   abc`."""
    tool = _tool_of(text)
    rest = text[len(tool) :]
    if _WIDE_START.match(rest) and len(_WIDE_COLUMN.findall(text)) > 1:
        return True
    if rest[:1] in (":", "：") or (
        _PROSE.search(_QUOTE_ON.sub("", text))
        and not _GIVEN.search(text)
        and len(text.split()) > 4
    ):
        return tool not in ("echo", "docker", "git") and "|" not in text and "/" not in text
    return False


def _read_comment(row: str, text: str, lines: tuple[int, int], info: str) -> ListingLine:
    found = _COMMENT.match(text)
    body = (found.group(1) if found else text).strip()
    if not body or not _WORD.search(body):
        return ListingLine("blank", lines, "")
    tool = _tool_of(body)
    if tool and not _PROSE.search(body) and han_count(body.split()[0]) == 0:
        line = _read_command(body, lines, False, commented=True)
        named = line.command is not None and knows(line.command.name)
        plain = line.command is not None and (bool(line.command.options) or " " in line.command.name)
        if named and (plain or line.kind == "usage" or info == "console"):
            return line
    return ListingLine("comment", lines, body)


def _read_command(text: str, lines: tuple[int, int], prompted: bool, commented: bool = False) -> ListingLine:
    text, behind = split_comment(text, commented)
    kind: LineKind = (
        "usage" if _PLACE.search(text) and "$(" not in text and not text.startswith("echo") else "command"
    )
    return ListingLine(kind, lines, text, behind, main_command(text), prompted, commented)


def split_comment(text: str, commented: bool = False) -> tuple[str, str]:
    """Split a command from the comment or explanation behind it."""
    if "\n" in text:
        return text, ""
    for mark in _TRAILING.finditer(text):
        before = text[: mark.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return before.strip(), text[mark.end() :].strip()
    gap = (_GAP if commented else _WIDE_GAP).search(text)
    if (
        gap
        and not _QUOTING.search(text[gap.end() :])
        and '"' not in text[: gap.start()]
        and " " in text[: gap.start()]
        and han_count(text[gap.end() :]) >= 3
    ):
        return text[: gap.start()].strip(), text[gap.end() :].strip()
    return text, ""


def main_command(text: str) -> ParsedCommand | None:
    """The command a line is about: the first one, or the one that a plain reader like `cat` feeds."""
    found = parse_commands(unicodedata.normalize("NFKC", text) if _FULL_WIDTH.search(text) else text)
    if not found:
        return None
    if (
        found[0].tool in ("cat", "echo", "cd", "gzip", "gunzip", "printf", "yes")
        and len(found) > 1
        and "$(" not in text
    ):
        fed = [command for command in found[1:] if command.tool in ("docker", "git", "kubectl")]
        return fed[0] if fed else found[0]
    return found[0]
