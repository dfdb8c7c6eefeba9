# ruff: noqa: E501 - a sentence stays on its line
"""Tasks that read a repository."""

from __future__ import annotations

import re

from notes.facts import Language
from quizzes.practicals.git.repositories import DIRTY, no_operands, repository
from quizzes.practicals.lines import PlainLine, quoted
from quizzes.practicals.naming import say
from quizzes.practicals.parts import NotATaskError, Task


def log(line: PlainLine, language: Language) -> Task:
    if line.operands or not line.has("oneline") or line.has("graph", "all"):
        raise NotATaskError("so long an output cannot be compared fairly")
    count = line.value("n")
    if count and not re.fullmatch(r"[1-3]", count):
        raise NotATaskError(f"the number {count} cannot be told in a task")
    setup = repository("for n in 3 4 5; do echo line $n >> intro.txt; git commit -qam \"Line $n\"; done")
    text = say(language, (f"显示最近 {count} 个提交" if count else "显示提交历史") + "，每个提交一行：短哈希和提交说明的第一行。", (f"Show the last {count} commit{'s' * (count != '1')}" if count else "Show the history") + ", one line a commit: its short hash and the first line of its message.")
    return Task(text, setup, f"git log --oneline{f' -n {count}' if count else ''}", "")


def status(line: PlainLine, language: Language) -> Task:
    if not line.has("s") or line.operands:
        raise NotATaskError("so free an output cannot be compared fairly")
    return Task(say(language, "用简短格式（每个文件一行）显示工作区的状态。", "Show the state of the work tree in the short form, one file a line."), repository(DIRTY, "echo todo > todo.txt"), "git status -s", "")


def diff(line: PlainLine, language: Language) -> Task:
    if not line.has("name-only") or line.operands:
        raise NotATaskError("so free an output cannot be compared fairly")
    staged = line.has("staged")
    text = say(language, f"只列出有{'已暂存' if staged else '未暂存'}改动的文件名。", f"List only the names of the files with changes that are {'staged' if staged else 'not staged'}.")
    return Task(text, repository("echo text > notes.txt && git add . && git commit -qm 'Add notes'\necho more >> intro.txt && git add .\necho more >> notes.txt"), f"git diff --name-only{' --staged' if staged else ''}", "")


def ls_files(line: PlainLine, language: Language) -> Task:
    no_operands(line)
    return Task(say(language, "列出所有被 git 跟踪的文件。", "List all files that git tracks."), repository("echo a > a.txt && git add . && git commit -qm 'Add a'\necho b > b.txt"), "git ls-files", "")


def grep(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 1 or not re.fullmatch(r"[\w\u4e00-\u9fff -]+", line.operands[0]):
        raise NotATaskError("such a search cannot be told in a task")
    word = line.operands[0]
    setup = repository(f"mkdir docs && echo 'here is {word} in a text' > docs/guide.md\necho 'nothing of it' > other.txt\ngit add . && git commit -qm 'Add texts'\necho '{word}' > untracked.txt")
    return Task(say(language, f"在所有被 git 跟踪的文件中搜索 `{word}`，输出文件名和匹配的行。", f"Search all files that git tracks for `{word}` and print the names of the files with the lines."), setup, f"git grep {quoted(word)}", "")
