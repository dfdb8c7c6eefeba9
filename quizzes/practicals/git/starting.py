# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on making repositories and setting them up."""

from __future__ import annotations

import re

from notes.facts import Language
from quizzes.practicals.git.repositories import START
from quizzes.practicals.lines import PlainLine, is_open, quoted
from quizzes.practicals.naming import say
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import path_of


def init(line: PlainLine, language: Language) -> Task:
    bare = line.has("bare")
    kind_zh, kind_en = ("裸仓库（没有工作区）", "bare git repository") if bare else (" git 仓库", "git repository")
    if not line.operands:
        if bare:
            raise NotATaskError("a bare repository in the work folder itself would be unusual")
        return Task(say(language, "把当前目录初始化为 git 仓库。", "Make the current folder a git repository."), "echo hello > intro.txt", "git init", "")
    path = path_of(line.operands[0], "project")
    option = "--bare " if bare else ""
    return Task(say(language, f"在新目录 `{path}` 中初始化一个{kind_zh}。", f"Make a {kind_en} in the new folder `{path}`."), "", f"git init {option}{quoted(path)}", "")


_VALUES = {"user.name": "Ann Lee", "user.email": "ann@example.com"}


def config(line: PlainLine, language: Language) -> Task:
    if line.has("list", "get", "edit", "system") or len(line.operands) != 2:
        raise NotATaskError("reading settings leaves nothing to compare")
    key, value = line.operands
    value = _VALUES.get(key, value) if is_open(value) else value
    if not re.fullmatch(r"[a-zA-Z]+(\.[\w-]+)+", key) or is_open(value) or not re.fullmatch(r"[\w@. /:=+-]+", value):
        raise NotATaskError("such a setting cannot be told in a task")
    everywhere = line.has("global")
    where = say(language, "为当前用户（所有仓库）" if everywhere else "只为当前仓库", "for the user, in all repositories" if everywhere else "for this repository only")
    text = say(language, f"{where}把 git 的配置项 `{key}` 设为 `{value}`。", f"Set git's `{key}` to `{value}` {where}.")
    return Task(text, START, f"git config {'--global ' if everywhere else ''}{key} {quoted(value)}", "")


def clone(line: PlainLine, language: Language) -> Task:
    if not 1 <= len(line.operands) <= 2:
        raise NotATaskError("the line does not name what to clone")
    folder = path_of(line.operands[1], "project") if len(line.operands) == 2 else ""
    bare = line.has("bare")
    setup = "git init -q source && cd source\necho hello > intro.txt\ngit add . && git commit -qm 'Add an intro'\ncd ..\ngit clone -q --bare source server.git && rm -rf source"
    target = say(language, f"到目录 `{folder}`" if folder else "（目录名用默认的）", f" into the folder `{folder}`" if folder else ", with the usual name of the folder")
    text = say(language, f"{'以裸仓库的形式' if bare else ''}克隆仓库 `server.git` {target}。".replace(" （", "（"), f"Clone the repository `server.git`{target}{', as a bare repository' if bare else ''}.")
    if bare and not folder:
        raise NotATaskError("a bare clone needs another name here")
    return Task(text, setup, f"git clone {'--bare ' if bare else ''}server.git {folder}".rstrip(), "")
