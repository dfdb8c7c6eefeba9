# ruff: noqa: E501 - a sentence stays on its line
"""The repositories that git's tasks start from, and the names in them."""

from __future__ import annotations

import re

from quizzes.practicals.lines import PlainLine, is_open
from quizzes.practicals.parts import NotATaskError

_WORD = re.compile(r"[A-Za-z0-9][\w./-]{0,40}")
NEEDS_A_COMMIT = "the commit is named by what only the note's own repository has"
#: A repository with two commits.
START = """\
git init -q
echo 'first line' > intro.txt
git add . && git commit -qm 'Add an intro'
echo 'second line' >> intro.txt
git commit -qam 'Extend the intro'"""
DIRTY = "echo 'third line' >> intro.txt"
DIRTY_TWO = "echo text > notes.txt && git add . && git commit -qm 'Add notes'\necho more >> intro.txt\necho more >> notes.txt"


def named(word: str, instead: str) -> str:
    """Give a branch's, tag's or remote's name; a slot becomes a plain one."""
    if is_open(word):
        return instead
    if not _WORD.fullmatch(word) or ".." in word or word.endswith("_HEAD") or word.startswith("refs/") or re.fullmatch(r"(?=.*\d)[0-9a-f]{6,40}", word):
        raise NotATaskError(f"{word} is no name that can be made for a task")
    return word


def message_of(word: str) -> str:
    if is_open(word) or len(word) > 60 or not word.strip():
        return "Update the notes"
    if re.search(r"[\"'`\\$!]", word):
        raise NotATaskError("such a message cannot be told in a task")
    return word


def commits_back(word: str) -> str:
    """Give a commit counted back from HEAD; a slot is the one before the last."""
    if is_open(word) or word in ("HEAD^", "HEAD~", "HEAD~1", "commit"):
        return "HEAD~1"
    if re.fullmatch(r"HEAD~2|HEAD\^\^", word):
        raise NotATaskError("so many commits back cannot be told in a task")
    if word in ("HEAD", "@"):
        return "HEAD"
    raise NotATaskError(NEEDS_A_COMMIT)


def no_operands(line: PlainLine) -> None:
    if line.operands:
        raise NotATaskError(f"{line.tool} with these operands cannot be told in a task")


def one_name(line: PlainLine, instead: str) -> str:
    if len(line.operands) != 1:
        raise NotATaskError(f"{line.tool} with these operands cannot be told in a task")
    return named(line.operands[0], instead)


def repository(*lines: str) -> str:
    return "\n".join((START, *lines))


def branch_with_commit(name: str) -> str:
    return (
        f"git checkout -q -b {name}\necho 'new text' > topic.txt\ngit add . && git commit -qm 'Add a topic'\ngit checkout -q main"
    )


def not_main(name: str) -> None:
    if name in ("main", "HEAD"):
        raise NotATaskError("the start has that branch already")


def server(remote: str = "origin") -> str:
    return f"git clone -q --bare . server.git\ngit remote add {remote} server.git && git fetch -q {remote}\necho /server.git > .git/info/exclude"


def ahead(branch: str = "main") -> str:
    return "echo 'third line' >> intro.txt && git commit -qam 'Third line'"


def behind(remote: str = "origin") -> str:
    """Give the server a commit that is not here."""
    return "git clone -q server.git /tmp/other && cd /tmp/other\necho news > news.txt && git add . && git commit -qm 'Add news' && git push -q\ncd - >/dev/null"
