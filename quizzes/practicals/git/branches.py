# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on branches: making, changing to, joining."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notes.facts import Language
from quizzes.practicals.git.commits import dropped, file_back
from quizzes.practicals.git.repositories import NEEDS_A_COMMIT, START, branch_with_commit, named, not_main, one_name, repository
from quizzes.practicals.lines import PlainLine, is_open, quoted
from quizzes.practicals.naming import say
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, path_of


def branch(line: PlainLine, language: Language) -> Task:
    if line.has("d", "D"):
        return _branch_gone(line, language)
    if line.has("m", "M"):
        names = [named(word, "new-name") for word in line.operands]
        if len(names) == 1:
            text = say(language, f"把当前分支改名为 `{names[0]}`。", f"Rename the current branch to `{names[0]}`.")
            setup = START if names[0] != "main" else repository("git branch -m master")
            return Task(text, setup, f"git branch -m {names[0]}", "")
        raise NotATaskError("such a renaming cannot be told in a task") if len(names) != 2 else NotATaskError("the old branch may be the current one or not")
    if line.has("a", "r", "v", "merged", "no-merged", "track", "u", "list"):
        raise NotATaskError("such a line of git branch cannot be told in a task")
    if not line.operands:
        text = say(language, "列出所有本地分支的名称。", "List the names of all local branches.")
        return Task(text, repository("git branch topic && git branch fix"), "git branch", "")
    name = one_name(line, "topic")
    not_main(name)
    text = say(language, f"创建分支 `{name}`，但不要切换过去。", f"Make the branch `{name}`, but do not switch to it.")
    return Task(text, START, f"git branch {name}", "")


def _branch_gone(line: PlainLine, language: Language) -> Task:
    name = one_name(line, "topic")
    not_main(name)
    if line.has("D"):
        text = say(language, f"强制删除本地分支 `{name}`，它还没有合并。", f"Delete the local branch `{name}` by force: it is not merged yet.")
        return Task(text, repository(branch_with_commit(name)), f"git branch -D {name}", "")
    text = say(language, f"删除已经合并的本地分支 `{name}`。", f"Delete the local branch `{name}`, which is merged already.")
    return Task(text, repository(f"git branch {name}", "git branch keep"), f"git branch -d {name}", "")


_RELEASE = re.compile(r"v?\d+(?:\.\d+)+")


def is_file(word: str) -> bool:
    """Tell whether a bare operand of checkout is surely a file: `v1.x-staging` and `feature/login` may be branches."""
    name = word.rsplit("/", 1)[-1]
    return word in (".", "file", "filename") or word.startswith(("./", "../")) or "*" in word or bool(_WITH_ENDING.fullmatch(name))


#: A name with endings, "notes.txt", "notes.tar.gz", ".gitignore"; no version: "v2.x", "release-1.4".
_WITH_ENDING = re.compile(r"(?=[^.]*[A-Za-z]|\.)[\w-]*(?:\.(?!x\b)[A-Za-z][A-Za-z0-9_]{0,9})+")


def switch(line: PlainLine, language: Language) -> Task:
    verb = line.tool
    made = line.value("b", "c", "B", "C")
    if line.has("b", "c", "B", "C"):
        name = named(made, "topic")
        not_main(name)
        option = "-b" if verb == "git checkout" else "-c"
        if not line.operands:
            return Task(say(language, f"创建分支 `{name}` 并切换过去。", f"Make the branch `{name}` and switch to it."), START, f"{verb} {option} {name}", "")
        if len(line.operands) != 1:
            raise NotATaskError("such a switch cannot be told in a task")
        word = line.operands[0]
        if re.search(r"commit|hash|提交|哈希|HEAD", word, re.I):
            text = say(language, f"从当前分支的前一个提交（最近一次提交的父提交）创建分支 `{name}` 并切换过去。", f"Make the branch `{name}` at the commit before the last one and switch to it.")
            return Task(text, START, f"{verb} {option} {name} HEAD~1", "")
        base = named(word, "develop")
        if base == name or "/" in base:
            raise NotATaskError("such a start of a branch cannot be told in a task")
        setup = START if base == "main" else repository(branch_with_commit(base))
        return Task(say(language, f"从分支 `{base}` 创建分支 `{name}` 并切换过去。", f"Make the branch `{name}` from the branch `{base}` and switch to it."), setup, f"{verb} {option} {name} {base}", "")
    if line.operands == ("-",):
        text = say(language, "切换回上一个所在的分支。", "Switch back to the branch you were on before.")
        return Task(text, repository("git branch one && git branch topic", "git checkout -q topic", "git checkout -q main"), f"{verb} -", "")
    if len(line.operands) == 2 and verb == "git checkout":
        return _taken(line.operands, language)
    name = line.operands[0] if len(line.operands) == 1 else ""
    if verb == "git checkout" and (is_file(name) or (is_open(name) and re.search(r"file|path|文件|路径", name, re.I))):
        if name == ".":
            return dropped(False, language)
        return file_back(path_of(name, "notes.txt"), False, language, "git checkout")
    name = one_name(line, "topic")
    if _RELEASE.fullmatch(name) or name.startswith("tag"):
        raise NotATaskError("the name may be a tag's or a branch's")
    if re.search(r"commit|hash|提交|哈希|tag|标签", line.operands[0], re.I) and is_open(line.operands[0]):
        raise NotATaskError(NEEDS_A_COMMIT)
    back = name in ("main", "HEAD")
    if name == "HEAD":
        raise NotATaskError("that changes nothing")
    setup = repository("git checkout -q -b topic") if back else repository(f"git branch {name}")
    return Task(say(language, f"切换到已有的分支 `{name}`。", f"Switch to the branch `{name}`, which exists."), setup, f"{verb} {name}", "")


def _taken(words: Sequence[str], language: Language) -> Task:
    """`git checkout HEAD FILE` and `git checkout BRANCH -- FILE`."""
    path = path_of(words[1], "notes.txt")
    if words[0] == "HEAD":
        setup = Setup()
        setup.file(path)
        setup.run(f"git add . && git commit -qm 'Add a file'\necho more >> {quoted(path)} && git add .\necho again >> {quoted(path)}\necho more >> intro.txt")
        text = say(language, f"丢弃 `{path}` 的所有改动（已暂存的和未暂存的），恢复为最近一次提交的内容；其他文件的改动保留。", f"Discard all changes of `{path}`, staged or not: bring back what the last commit has; keep the changes of other files.")
        return Task(text, repository(setup.text), f"git checkout HEAD {quoted(path)}", "")
    branch = named(words[0], "topic")
    if branch == "main" or is_glob(path):
        raise NotATaskError("such a checkout cannot be told in a task")
    setup = Setup()
    setup.file(path)
    setup.run(f"git add . && git commit -qm 'Add a file'\ngit checkout -q -b {branch}\necho 'of the branch' > {quoted(path)}\necho more >> intro.txt\ngit commit -qam 'Change both'\ngit checkout -q main")
    text = say(language, f"不切换分支，只把文件 `{path}` 换成分支 `{branch}` 上的版本（包括暂存区）。", f"Without switching branches, take only the file `{path}` from the branch `{branch}`, into the index too.")
    return Task(text, repository(setup.text), f"git checkout {branch} -- {quoted(path)}", "")


def merge(line: PlainLine, language: Language) -> Task:
    name = one_name(line, "topic")
    not_main(name)
    if "/" in name and name.startswith("origin"):
        raise NotATaskError("a remote branch needs a remote made for it")
    if line.has("no-ff"):
        text = say(language, f"把分支 `{name}` 合并到当前分支；即使可以快进也要生成合并提交（用默认说明）。", f"Merge the branch `{name}` into the current one with a merge commit, although it could be fast-forwarded; keep the message that git proposes.")
        return Task(text, repository(branch_with_commit(name)), f"git merge --no-ff {name}", "")
    if line.has("squash"):
        text = say(language, f"把分支 `{name}` 的改动压缩合并到暂存区，不要提交。", f"Bring the changes of the branch `{name}` together into the index, without a commit.")
        return Task(text, repository(branch_with_commit(name)), f"git merge --squash {name}", "")
    text = say(language, f"把分支 `{name}` 合并到当前分支（两个分支各有新提交；提交说明用默认的）。", f"Merge the branch `{name}` into the current one. Both have new commits; keep the message that git proposes.")
    return Task(text, repository(branch_with_commit(name), "echo 'third line' >> intro.txt && git commit -qam 'Third line'"), f"git merge {name}", "")


def rebase(line: PlainLine, language: Language) -> Task:
    base = one_name(line, "main")
    if "/" in base or line.options:
        raise NotATaskError("such a rebase cannot be told in a task")
    setup = repository(branch_with_commit("topic"), "echo 'third line' >> intro.txt && git commit -qam 'Third line'", "git checkout -q topic")
    if base != "main":
        setup = repository(branch_with_commit("topic"), f"git checkout -q -b {base}", "echo 'third line' >> intro.txt && git commit -qam 'Third line'", "git checkout -q topic")
    return Task(say(language, f"把当前分支 `topic` 变基到分支 `{base}` 上。", f"Rebase the current branch `topic` onto the branch `{base}`."), setup, f"git rebase {base}", "")


def cherry_pick(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 1:
        raise NotATaskError("such a cherry-pick cannot be told in a task")
    setup = repository("git checkout -q -b topic", "echo a > a.txt && git add . && git commit -qm 'Add a'", "echo fix > fix.txt && git add . && git commit -qm 'Fix it'", "git checkout -q main")
    text = say(language, "只把分支 `topic` 上的最后一个提交应用到当前分支（提交说明不变）。", "Apply only the last commit of the branch `topic` to the current branch, with its message.")
    return Task(text, setup, "git cherry-pick topic", "")
