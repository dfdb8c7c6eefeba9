# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on other repositories, which are bare ones beside the first."""

from __future__ import annotations

import re

from notes.facts import Language
from quizzes.practicals.git.repositories import START, ahead, behind, named, not_main, one_name, repository, server
from quizzes.practicals.lines import PlainLine, is_open
from quizzes.practicals.naming import say
from quizzes.practicals.parts import NotATaskError, Task


def remote_add(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("the line does not name the remote and its address")
    name, url = named(line.operands[0], "upstream"), line.operands[1]
    url = "https://example.com/team/project.git" if is_open(url) else url
    if not re.fullmatch(r"[\w@:/.~+-]+", url):
        raise NotATaskError("such an address cannot be told in a task")
    return Task(say(language, f"添加远程仓库 `{name}`，地址为 `{url}`。", f"Add the remote `{name}` with the address `{url}`."), START, f"git remote add {name} {url}", "")


def remote_gone(line: PlainLine, language: Language) -> Task:
    name = one_name(line, "upstream")
    setup = repository(f"git remote add {name} https://example.com/team/project.git", "git remote add keep https://example.com/team/keep.git")
    return Task(say(language, f"从当前仓库删除远程仓库 `{name}` 的记录。", f"Remove the remote `{name}` from this repository."), setup, f"git remote remove {name}", "")


def remote_rename(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("the line does not name both names")
    old, new = named(line.operands[0], "origin"), named(line.operands[1], "upstream")
    setup = repository(f"git remote add {old} https://example.com/team/project.git")
    return Task(say(language, f"把远程仓库 `{old}` 改名为 `{new}`。", f"Rename the remote `{old}` to `{new}`."), setup, f"git remote rename {old} {new}", "")


def remote_url(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("the line does not name the remote and its address")
    name, url = named(line.operands[0], "origin"), line.operands[1]
    url = "https://example.com/team/new.git" if is_open(url) else url
    if not re.fullmatch(r"[\w@:/.~+-]+", url):
        raise NotATaskError("such an address cannot be told in a task")
    setup = repository(f"git remote add {name} https://example.com/old/place.git")
    return Task(say(language, f"把远程仓库 `{name}` 的地址改为 `{url}`。", f"Change the address of the remote `{name}` to `{url}`."), setup, f"git remote set-url {name} {url}", "")


def remote(line: PlainLine, language: Language) -> Task:
    if not line.has("v") or line.operands:
        raise NotATaskError("reading one thing of a remote cannot be told in a task")
    setup = repository("git remote add origin https://example.com/team/project.git", "git remote add upstream https://example.com/main/project.git")
    return Task(say(language, "列出所有远程仓库的名称和地址（获取和推送的地址都要）。", "List all remotes with their addresses for fetching and pushing."), setup, "git remote -v", "")


def fetch(line: PlainLine, language: Language) -> Task:
    if len(line.operands) > 1 or line.options:
        raise NotATaskError("such a fetch cannot be told in a task")
    name = named(line.operands[0], "origin") if line.operands else "origin"
    text = say(language, f"从远程仓库 `{name}` 获取新的提交，但不要合并。", f"Fetch the new commits of the remote `{name}` without merging them.")
    return Task(text, repository(server(name), behind()), f"git fetch {name}", "")


def pull(line: PlainLine, language: Language) -> Task:
    if len(line.operands) not in (0, 2):
        raise NotATaskError("such a pull cannot be told in a task")
    name = named(line.operands[0], "origin") if line.operands else "origin"
    branch = named(line.operands[1], "main") if line.operands else "main"
    setup = repository(*([f"git branch -m {branch}"] if branch != "main" else []), server(name), behind())
    if line.has("rebase"):
        text = say(language, f"从远程仓库 `{name}` 拉取分支 `{branch}`，用变基（不是合并）把本地的新提交接在后面。", f"Pull the branch `{branch}` of the remote `{name}` and put the local commit on top by rebasing, not merging.")
        return Task(text, "\n".join((setup, ahead())), f"git pull --rebase {name} {branch}", "")
    text = say(language, f"从远程仓库 `{name}` 拉取分支 `{branch}` 的新提交，合并到当前分支（可以快进）。", f"Pull the new commits of the branch `{branch}` of the remote `{name}` into the current branch; it can be fast-forwarded.")
    return Task(text, setup, f"git pull {name} {branch}", "")


def push(line: PlainLine, language: Language) -> Task:
    words = list(line.operands)
    if line.has("f", "force-with-lease", "all"):
        raise NotATaskError("a push by force would teach a dangerous habit")
    name = named(words[0], "origin") if words else "origin"
    if line.has("tags"):
        text = say(language, f"把所有标签推送到远程仓库 `{name}`。", f"Push all tags to the remote `{name}`.")
        return Task(text, repository(server(name), "git tag v1.0 && git tag v0.9 HEAD~1"), f"git push {name} --tags", "")
    if len(words) != 2:
        raise NotATaskError("the line does not name the remote and the branch")
    gone = line.has("d") or words[1].startswith(":")
    branch = named(words[1].removeprefix(":"), "topic" if gone else "main")
    if gone:
        not_main(branch)
        text = say(language, f"删除远程仓库 `{name}` 上的分支 `{branch}`。", f"Delete the branch `{branch}` of the remote `{name}`.")
        return Task(text, repository(f"git branch {branch}", server(name)), f"git push {name} --delete {branch}", "")
    setup = repository(*([f"git branch -m {branch}"] if branch != "main" else []), server(name), ahead())
    track = line.has("u")
    text = say(language, f"把当前分支 `{branch}` 的新提交推送到远程仓库 `{name}`" + ("，并把它设为上游分支" if track else ""), f"Push the new commit of the current branch `{branch}` to the remote `{name}`" + (" and make it the upstream branch" if track else ""))
    return Task(text + say(language, "。", "."), setup, f"git push {'-u ' if track else ''}{name} {branch}", "")
