# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on changes that are laid aside."""

from __future__ import annotations

import re

from notes.facts import Language
from quizzes.practicals.git.repositories import DIRTY, message_of, no_operands, repository
from quizzes.practicals.lines import PlainLine
from quizzes.practicals.naming import say
from quizzes.practicals.parts import NotATaskError, Task


def stash(line: PlainLine, language: Language) -> Task:
    if len(line.operands) > 1 or (line.operands and line.tool != "git stash save"):
        raise NotATaskError("such a stash cannot be told in a task")
    new = line.has("u")
    note = line.value("m") or (line.operands[0] if line.operands else "")
    note = message_of(note) if note else ""
    setup = repository(DIRTY, "echo todo > todo.txt")
    text = say(language, "把未提交的改动储藏起来（stash）" + ("，未跟踪的文件也一并储藏" if new else "，未跟踪的文件保留"), "Stash the changes that are not committed" + (", untracked files too" if new else "; untracked files stay"))
    text += say(language, f"，说明为 `{note}`", f", with the note `{note}`") if note else ""
    options = (" -u" if new else "") + (f" -m '{note}'" if note else "")
    return Task(text + say(language, "。", "."), setup, f"git stash push{options}" if options else "git stash", "")


_STASHED_TWICE = "echo 'older work' > intro.txt && git stash -q\necho 'third line' >> intro.txt && git stash -q"


def unstash(line: PlainLine, language: Language) -> Task:
    word = line.operands[0] if line.operands else ""
    if len(line.operands) > 1 or line.options:
        raise NotATaskError("such a stash cannot be told in a task")
    place = re.fullmatch(r"(?:stash@\{)?(\d|[^\d{}]+)\}?", word)
    number = "" if not word else place.group(1) if place and place.group(1).isdigit() else "1"
    if number not in ("", "0", "1"):
        raise NotATaskError("that entry of the stash is too far back for a task")
    which_zh = "最近一次储藏" if number in ("", "0") else "较早的那次储藏（`stash@{1}`）"
    which_en = "the latest stash" if number in ("", "0") else "the older stash (`stash@{1}`)"
    verb = line.tool.rpartition(" ")[2]
    zh, en = {
        "pop": (f"取出{which_zh}的改动，并把它从储藏中删除", f"Bring back the changes of {which_en} and remove it from the stash"),
        "apply": (f"取出{which_zh}的改动，并在储藏中保留它", f"Bring back the changes of {which_en} and keep it in the stash"),
        "drop": (f"删除{which_zh}，不取出它的改动", f"Remove {which_en} without bringing back its changes"),
    }[verb]
    target = "" if number in ("", "0") else " 'stash@{1}'"
    return Task(say(language, f"储藏中有两次改动。{zh}。", f"The stash has two entries. {en}."), repository(_STASHED_TWICE), f"git stash {verb}{target}", "")


def stash_clear(line: PlainLine, language: Language) -> Task:
    no_operands(line)
    return Task(say(language, "清空储藏（stash），不取出其中的改动。", "Empty the stash without bringing back its changes."), repository(_STASHED_TWICE), "git stash clear", "")
