# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on the index, commits, and taking them back."""

from __future__ import annotations

import re

from notes.facts import Language
from quizzes.practicals.git.repositories import (
    DIRTY,
    DIRTY_TWO,
    NEEDS_A_COMMIT,
    START,
    commits_back,
    message_of,
    no_operands,
    repository,
)
from quizzes.practicals.lines import PlainLine, is_open, quoted
from quizzes.practicals.naming import listed, paths_of, say
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, looks_like_folder, path_of


def add(line: PlainLine, language: Language) -> Task:
    changed = "echo 'third line' >> intro.txt\necho todo > todo.txt\nmkdir -p docs && echo text > docs/guide.md"
    if line.has("A") or line.operands in ((".",), ("*",)):
        if line.operands == ("*",):
            raise NotATaskError("a glob leaves out what begins with a dot")
        text = say(language, "把所有改动（包括新文件）加入暂存区，不要提交。", "Stage all changes, new files too; do not commit.")
        return Task(text, repository(changed), "git add -A" if line.has("A") else "git add .", "")
    if line.has("u"):
        no_operands(line)
        text = say(language, "把已跟踪文件的改动加入暂存区，新文件不要加入，不要提交。", "Stage the changes of tracked files, but no new file; do not commit.")
        return Task(text, repository(changed), "git add -u", "")
    paths, setup = paths_of(line, "notes.txt"), Setup()
    for path, word in zip(paths, line.operands, strict=True):
        setup.source(path, word if not is_open(word) else "")
    setup.file("other.txt")
    text = say(language, f"只把 {listed(language, paths)} 加入暂存区，不要提交。", f"Stage {listed(language, paths)} and nothing else; do not commit.")
    return Task(text, repository(setup.text), f"git add {quoted(*paths)}", "")


def commit(line: PlainLine, language: Language) -> Task:
    every, amend = line.has("a"), line.has("amend")
    message = message_of(line.value("m")) if line.has("m") else ""
    if not message and not (amend and line.has("no-edit")):
        raise NotATaskError("the line opens an editor for the message")
    if line.operands or (amend and every and not line.has("m", "no-edit")):
        raise NotATaskError("such a commit cannot be told in a task")
    author = line.value("author")
    if author and not re.fullmatch(r"[\w .-]+ <[\w.@-]+>", author):
        raise NotATaskError("such an author cannot be told in a task")
    options = "".join(f" {option}" for option in ("-a" if every else "", "--amend" if amend else "", "--no-edit" if amend and not message else "") if option)
    options += (f" --author='{author}'" if author else "") + (f" -m '{message}'" if message else "")
    setup = repository("echo 'third line' >> intro.txt" if every else "echo todo > todo.txt\ngit add todo.txt\necho draft > draft.txt")
    what = say(language, "已跟踪文件的改动（还没有暂存）" if every else "暂存区的内容", "the changes of tracked files, which are not staged yet," if every else "what is staged")
    if amend:
        text = say(language, f"把{what}并入最近一次提交（不新增提交）", f"Add {what} to the last commit, without making a new one")
        text += say(language, f"，提交说明改为 `{message}`" if message else "，提交说明不变", f", and change its message to `{message}`" if message else ", and keep its message")
    else:
        text = say(language, f"提交{what}，提交说明为 `{message}`", f"Commit {what} with the message `{message}`")
    if author:
        text += say(language, f"，作者为 `{author}`", f", by the author `{author}`")
    return Task(text + say(language, "。", "."), setup, f"git commit{options}", "")


def mv(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("git mv stands without its target")
    old, new = path_of(line.operands[0], "notes.txt"), path_of(line.operands[1], "guide.txt")
    if old == new or is_glob(old) or looks_like_folder(new, line.operands[1]):
        raise NotATaskError("such a move cannot be told in a task")
    setup = Setup()
    setup.file(old)
    text = say(language, f"把已跟踪的文件 `{old}` 改名为 `{new}`，并让 git 暂存这次改名，不要提交。", f"Rename the tracked file `{old}` to `{new}` so that git has it staged; do not commit.")
    return Task(text, repository(setup.text, "git add . && git commit -qm 'Add a file'"), f"git mv {quoted(old, new)}", "")


def rm(line: PlainLine, language: Language) -> Task:
    if line.operands in ((".",), ("*",)):
        raise NotATaskError("a task that deletes everything would teach a dangerous habit")
    paths, setup, cached = paths_of(line, "old.txt"), Setup(), line.has("cached")
    folder = [setup.source(path, word) if line.has("r") or is_glob(path) else _file(setup, path) for path, word in zip(paths, line.operands, strict=True)]
    setup.run("git add . && git commit -qm 'Add files'")
    names = listed(language, paths)
    text = say(language, f"让 git 不再跟踪 {names}，但保留磁盘上的文件，不要提交。", f"Let git no longer track {names}, but keep what is on the disk; do not commit.") if cached else say(language, f"从工作区和暂存区删除已跟踪的 {names}，不要提交。", f"Delete the tracked {names} from the work tree and the index; do not commit.")
    options = ("-r " if any(folder) else "") + ("--cached " if cached else "")
    return Task(text, repository(setup.text), f"git rm {options}{quoted(*paths)}", "")


def _file(setup: Setup, path: str) -> bool:
    setup.file(path)
    return False


def restore(line: PlainLine, language: Language) -> Task:
    if line.has("source") or not line.operands:
        raise NotATaskError("such a restoring cannot be told in a task")
    if line.operands == (".",):
        return dropped(line.has("S"), language)
    return file_back(path_of(line.operands[0], "notes.txt") if len(line.operands) == 1 else "", line.has("S"), language)


def file_back(path: str, staged: bool, language: Language, way: str = "git restore") -> Task:
    if not path or is_glob(path):
        raise NotATaskError("only one file can be told in a task")
    setup = Setup()
    setup.file(path)
    setup.run("git add . && git commit -qm 'Add a file'")
    setup.run(f"echo more >> {quoted(path)}\necho more >> intro.txt")
    if staged:
        setup.run("git add .")
        text = say(language, f"把 `{path}` 移出暂存区，保留工作区里的改动；其他已暂存的改动不动。", f"Take `{path}` out of the index and keep its changes in the work tree; leave what else is staged.")
        return Task(text, repository(setup.text), f"{way} --staged {quoted(path)}" if way == "git restore" else f"git reset -q -- {quoted(path)}", "")
    text = say(language, f"丢弃工作区中 `{path}` 尚未暂存的改动，其他文件的改动保留。", f"Discard the changes of `{path}` in the work tree, which are not staged; keep those of other files.")
    return Task(text, repository(setup.text), f"{way} {'-- ' if way != 'git restore' else ''}{quoted(path)}", "")


def dropped(staged: bool, language: Language) -> Task:
    if staged:
        text = say(language, "把所有已暂存的改动移出暂存区，保留工作区里的改动。", "Take everything out of the index and keep the changes in the work tree.")
        return Task(text, repository(DIRTY_TWO, "git add ."), "git restore --staged .", "")
    text = say(language, "丢弃工作区中所有文件尚未暂存的改动。", "Discard all changes in the work tree that are not staged.")
    return Task(text, repository(DIRTY_TWO), "git restore .", "")


def reset(line: PlainLine, language: Language) -> Task:
    mode = next((name for name in ("soft", "mixed", "hard", "keep") if line.has(name)), "mixed")
    words = list(line.operands)
    if words and words[0] == "HEAD" and len(words) == 2:
        return file_back(path_of(words[1], "notes.txt"), True, language, "git reset")
    if len(words) > 1:
        raise NotATaskError("such a reset cannot be told in a task")
    commit = commits_back(words[0]) if words else "HEAD"
    if commit == "HEAD":
        if mode == "hard":
            text = say(language, "丢弃暂存区和工作区的所有改动，回到最近一次提交的状态。", "Discard all changes, staged or not: go back to the last commit.")
            return Task(text, repository(DIRTY_TWO, "git add notes.txt"), "git reset --hard HEAD", "")
        if mode != "mixed":
            raise NotATaskError("a reset to the last commit itself changes nothing")
        text = say(language, "把所有已暂存的改动移出暂存区，保留工作区里的改动。", "Take everything out of the index and keep the changes in the work tree.")
        return Task(text, repository(DIRTY_TWO, "git add ."), "git reset", "")
    kept_zh, kept_en = {
        "soft": ("它的改动保留在暂存区", "keep its changes staged"),
        "mixed": ("它的改动保留在工作区但不暂存", "keep its changes in the work tree, not staged"),
        "hard": ("它的改动也一并丢弃", "discard its changes, too"),
        "keep": ("它的改动一并丢弃，但保留未提交的 `todo.txt` 的改动", "discard its changes, but keep those of `todo.txt`, which are not committed"),
    }[mode]
    setup = repository("echo 'third line' >> intro.txt && git commit -qam 'Third line'")
    if mode == "keep":
        setup = repository("echo a > todo.txt && git add . && git commit -qm 'Add a list'", "echo 'third line' >> intro.txt && git commit -qam 'Third line'", "echo b >> todo.txt")
    text = say(language, f"撤销当前分支上的最近一次提交（让分支回到前一个提交），{kept_zh}。", f"Undo the last commit of the current branch: move the branch to the commit before; {kept_en}.")
    return Task(text, setup, f"git reset {f'--{mode} ' if mode != 'mixed' else ''}HEAD~1", "")


def revert(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 1:
        raise NotATaskError("such a revert cannot be told in a task")
    if not is_open(line.operands[0]) and line.operands[0] not in ("HEAD", "commit"):
        raise NotATaskError(NEEDS_A_COMMIT)
    text = say(language, "新增一个提交，撤销最近一次提交的改动（提交说明用 git 提供的默认说明）。", "Make a new commit that undoes the changes of the last one, with the message that git proposes.")
    return Task(text, START, "git revert --no-edit HEAD", "")


def clean(line: PlainLine, language: Language) -> Task:
    no_operands(line)
    if not line.has("f") or line.has("n", "i", "x", "X"):
        raise NotATaskError("such a cleaning cannot be told in a task")
    deep = line.has("d")
    text = say(language, "删除工作区中所有未跟踪的文件" + ("和目录" if deep else "（未跟踪的目录保留）") + "。", "Remove all untracked files" + (" and folders" if deep else ", but keep untracked folders") + " of the work tree.")
    return Task(text, repository("echo a > scratch.txt && mkdir tmp && echo b > tmp/more.txt", DIRTY), f"git clean -f{'d' if deep else ''}", "")
