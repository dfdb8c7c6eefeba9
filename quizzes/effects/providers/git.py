"""Git repositories: HEAD, branches, tags, commits by content, index, stash, configuration, remotes.

The files of the work tree are files like others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..provider import Found, Provider, View, Words
from ..reading import table, text, texts, truth
from ..spots import Aspect, Spot
from ..spots import forbidden_extra as _forbidden

if TYPE_CHECKING:
    from ..wording import Gap

ASPECTS = (
    _forbidden("git.repository", "repositories", 0, 2),
    _forbidden("git.removed", "repositories", 0, 2),
    _forbidden("git.branch", "branches", 0, 2),
    _forbidden("git.unbranched", "branches", 0, 2),
    _forbidden("git.head", "head", 1, 2),
    _forbidden("git.tag", "tags", 1, 2),
    _forbidden("git.untagged", "tags", 1, 2),
    _forbidden("git.underway", "head", 1, 2),
    Aspect("git.fetched", "remotes", 2, 2),
    _forbidden("git.pruned", "remotes", 2, 2),
    _forbidden("git.staged", "index", 2, 2),
    _forbidden("git.stash", "stash", 2, 2),
    _forbidden("git.config", "config", 2, 2),
    Aspect("git.tracking", "config", 3),
    Aspect("git.habit", "config", 3),
    Aspect("git.stashed", "stash", 4),
    Aspect("git.author", "authors", 3),
    Aspect("git.dated", "dates", 3),
)

_NONE = "nothing"
#: Settings that a learner may make before the work itself, by their beginning.
_HABITS = ("user.", "init.", "advice.", "pull.", "push.", "core.editor", "safe.")


def changes(view: View) -> Found:
    """List what happened to the repositories and to the user's own configuration."""
    was, now = (table(view.survey("git", after=after)) for after in (False, True))
    before, after = table(was, "repositories"), table(now, "repositories")
    for path in sorted(set(before) - set(after)):
        yield Spot("git.removed", path), "yes"
    for path in sorted(after):
        if path not in before:
            yield Spot("git.repository", path), "bare" if truth(after, path, "bare") else "yes"
        yield from _repository(path, table(before, path), table(after, path))
    yield from _settings("~", table(was, "global"), table(now, "global"))


def _repository(path: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Found:
    if not was or _head(was) != _head(now):
        yield Spot("git.head", path), _head(now) if was or _head(now) != "branch main" else ""
    for prefix, aspect, gone in (
        ("refs/heads/", "git.branch", "git.unbranched"),
        ("refs/tags/", "git.tag", "git.untagged"),
        ("refs/remotes/", "git.fetched", "git.pruned"),
    ):
        old, new = _refs(was, prefix), _refs(now, prefix)
        for name in sorted(new):
            if old.get(name) != new[name]:
                yield Spot(aspect, path, name), new[name]
        for name in sorted(set(old) - set(new)):
            yield Spot(gone, path, name), "yes"
    yield from _written(path, was, now)
    yield from _changed("git.staged", path, table(was, "staged"), table(now, "staged"))
    yield from _settings(path, table(was, "config"), table(now, "config"))
    yield from _stash(path, texts(was, "stash"), texts(now, "stash"))
    if texts(was, "underway") != texts(now, "underway"):
        yield Spot("git.underway", path), ", ".join(texts(now, "underway")) or _NONE


def _settings(label: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Found:
    for spot, value in _changed("git.config", label, was, now):
        aspect = "git.tracking" if spot.item.startswith("branch.") else spot.aspect
        yield Spot("git.habit" if spot.item.startswith(_HABITS) else aspect, label, spot.item), value


def _stash(path: str, was: list[str], now: list[str]) -> Found:
    """Tell what the stash holds, and the notes that were written for it."""
    held = [entry.partition(" ")[0] for entry in now]
    if held != [entry.partition(" ")[0] for entry in was]:
        yield Spot("git.stash", path), " ".join(held) or _NONE
    for place, entry in enumerate(now):
        note = entry.partition(" ")[2]
        if entry not in was and not note.startswith("WIP on "):
            yield Spot("git.stashed", path, f"stash@{{{place}}}"), note


def _head(repository: Mapping[str, Any]) -> str:
    branch, at = text(repository, "head"), text(repository, "at")
    return f"branch {branch}" if branch else f"detached {_described(repository, at)}"


def _refs(repository: Mapping[str, Any], prefix: str) -> dict[str, str]:
    found = {}
    for name, row in table(repository, "refs").items():
        if name.startswith(prefix) and isinstance(row, list) and len(row) == 3:
            kind = f"annotated {row[2]} " if row[1] else ""
            found[name.removeprefix(prefix)] = kind + _described(repository, str(row[0]))
    return found


def _described(repository: Mapping[str, Any], name: str) -> str:
    """Give a commit as one comparable text: id, files, number of parents, message."""
    commit = table(repository, "commits", name)
    if not commit:
        return name
    parents = ",".join(texts(commit, "parents"))
    return "\x1f".join((name, text(commit, "tree"), parents, text(commit, "message")))


def _written(path: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Found:
    """Tell the authors and dates of new commits where they were chosen."""
    for name in sorted(set(table(now, "commits")) - set(table(was, "commits"))):
        commit = table(now, "commits", name)
        subject = text(commit, "message").partition("\n")[0]
        yield Spot("git.author", path, subject), text(commit, "author")
        yield Spot("git.dated", path, subject), text(commit, "dated")


def _changed(aspect: str, label: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[Spot, str]]:
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            value = now.get(key)
            yield Spot(aspect, label, str(key)), value or "(empty)" if isinstance(value, str) else _NONE


def _commit(value: str) -> str:
    """Write a commit as one knows it, by its message: `annotated note “subject” (1a2b3c4)`."""
    first, _, rest = value.partition("\x1f")
    parts = rest.split("\x1f")
    if len(parts) != 3:
        return value
    kind, _, name = first.rpartition(" ")
    subject = parts[2].partition("\n")[0]
    return f"{kind} “{subject}” ({name[:7]})".strip()


def _staged(value: str) -> str:
    return {"A": "added", "M": "modified", "D": "deleted", "T": "changed"}.get(value[:1], value) if value[1:2] == " " else value


def _commits(gap: Gap) -> list[str]:
    """Say what is wrong about a branch's commit: its message, its files, or what it stands on."""
    wanted, found = gap.expected.split("\x1f"), gap.found.split("\x1f")
    if gap.spot.aspect == "git.tag" and gap.found and gap.expected.startswith("annotated") != gap.found.startswith("annotated"):
        return ["git.tag.annotated" if gap.expected.startswith("annotated") else "git.tag.light"]
    if len(wanted) != 4 or len(found) != 4 or gap.spot.aspect != "git.branch":
        return []
    if wanted[1:3] == found[1:3]:
        return ["git.branch.message"]
    if wanted[2:] == found[2:]:
        return ["git.branch.files"]
    return ["git.branch.parents"] if wanted[1] == found[1] and wanted[3] == found[3] else []


_EN = Words(
    {
        "who.git": "repository {label}",
        "git.repository.missing": "there is no git repository in {label} (git init, git clone).",
        "git.repository.different": "the repository in {label} should be {expected}; it is {found}.",
        "git.repository.extra": "a git repository was made in {label}, which the task does not ask for.",
        "git.removed.missing": "the repository in {label} is still there; it should be gone.",
        "git.removed.extra": "the repository in {label} is gone, but should have stayed.",
        "git.branch.missing": "branch {item} does not point to {expected}: it is missing or was not moved.",
        "git.branch.different": "branch {item} points to {found}; it should point to {expected}.",
        "git.branch.extra": "branch {item} was made or moved ({found}), which the task does not ask for.",
        "git.branch.message": "the last commit of {item} has the message {found}; it should be {expected}.",
        "git.branch.files": "the last commit of {item} does not hold the files it should: {expected}.",
        "git.branch.parents": "the last commit of {item}, {found}, does not stand on the commits it should.",
        "git.unbranched.missing": "branch {item} is still there; it should be deleted (git branch -d).",
        "git.unbranched.extra": "branch {item} was deleted, but should have stayed.",
        "git.head.missing": "HEAD was not moved; it should be at {expected}.",
        "git.head.different": "HEAD is at {found}; it should be at {expected}.",
        "git.head.extra": "HEAD was moved to {found}, which the task does not ask for.",
        "git.tag.missing": "tag {item} is missing or was not moved; it should be {expected}.",
        "git.tag.different": "tag {item} is {found}; it should be {expected}.",
        "git.tag.annotated": "tag {item} is a light one; it should be annotated (git tag -a).",
        "git.tag.light": "tag {item} is annotated; it should be a light one (git tag without -a and -m).",
        "git.tag.extra": "tag {item} was made or moved, which the task does not ask for.",
        "git.untagged.missing": "tag {item} is still there; it should be deleted (git tag -d).",
        "git.untagged.extra": "tag {item} was deleted, but should have stayed.",
        "git.underway.missing": "the unfinished work in {label} is as before; it should be: {expected}.",
        "git.underway.different": "unfinished in {label}: {found}; it should be: {expected}.",
        "git.underway.extra": "unfinished in {label}: {found}; it should have stayed as it was.",
        "git.fetched.missing": "the remote branch {item} was not fetched: it should be at {expected}.",
        "git.fetched.different": "the remote branch {item} is at {found}; it should be at {expected}.",
        "git.fetched.extra": "the remote branch {item} was fetched or moved, which the task does not ask for.",
        "git.pruned.missing": "the remote branch {item} is still known; it should be gone.",
        "git.pruned.extra": "the remote branch {item} is gone, but should have stayed.",
        "git.staged.missing": "what is staged of {item} was not changed; it should be: {expected}.",
        "git.staged.different": "what is staged of {item} is: {found}, in content or mode not as it should be: {expected}.",
        "git.staged.extra": "what is staged of {item} was changed ({found}), but should have stayed as it was.",
        "git.stash.missing": "the stash was not changed as asked.",
        "git.stash.different": "the stash does not hold what it should.",
        "git.stash.extra": "the stash was changed, but should have stayed as it was.",
        "git.config.missing": "the setting {item} was not changed; it should be {expected}.",
        "git.config.different": "the setting {item} is {found}; it should be {expected}.",
        "git.config.extra": "the setting {item} was changed ({found}), which the task does not ask for.",
        "git.tracking.missing": "the setting {item} was not made; it should be {expected} (-u, --track).",
        "git.habit.missing": "the setting {item} was not changed; it should be {expected}.",
        "git.stashed.missing": "{item} does not carry the note {expected} (git stash push -m).",
        "git.author.missing": "the commit “{item}” should have the author {expected} (--author).",
        "git.author.different": "the commit “{item}” has the author {found}; it should be {expected}.",
        "git.dated.missing": "the commit “{item}” should carry another date (--date).",
        "git.dated.different": "the commit “{item}” does not carry the date it should (--date).",
    },
    {
        "git.repository": "{who}", "git.removed": "{who} removed", "git.branch": "branch {item}",
        "git.unbranched": "branch {item} deleted", "git.head": "HEAD", "git.tag": "tag {item}",
        "git.untagged": "tag {item} deleted", "git.underway": "unfinished work", "git.fetched": "remote branch {item}",
        "git.pruned": "remote branch {item} forgotten", "git.staged": "staged {item}", "git.stash": "stash",
        "git.config": "setting {item}", "git.tracking": "setting {item}", "git.habit": "setting {item}",
        "git.stashed": "note of {item}", "git.author": "author", "git.dated": "date",
    },
    {
        "bare": "a bare repository", "added": "added", "modified": "modified", "deleted": "deleted",
        "changed": "changed", "conflict": "in conflict",
    },
)  # fmt: skip
_ZH = Words(
    {
        "who.git": "仓库 {label}",
        "git.repository.missing": "{label} 里没有 git 仓库（git init、git clone）。",
        "git.repository.different": "{label} 里的仓库应为 {expected}，实际是 {found}。",
        "git.repository.extra": "在 {label} 里新建了 git 仓库，题目没有这个要求。",
        "git.removed.missing": "{label} 里的仓库还在，应当删除。",
        "git.removed.extra": "{label} 里的仓库不见了，它应当保留。",
        "git.branch.missing": "分支 {item} 没有指向 {expected}：它不存在，或者没有移动。",
        "git.branch.different": "分支 {item} 指向 {found}，应当指向 {expected}。",
        "git.branch.extra": "分支 {item} 被新建或移动了（{found}），题目没有这个要求。",
        "git.branch.message": "{item} 上最后一个提交的说明是 {found}，应为 {expected}。",
        "git.branch.files": "{item} 上最后一个提交的内容不对，应为 {expected} 的内容。",
        "git.branch.parents": "{item} 上最后一个提交 {found} 的父提交不对。",
        "git.unbranched.missing": "分支 {item} 还在，应当删除（git branch -d）。",
        "git.unbranched.extra": "分支 {item} 被删除了，它应当保留。",
        "git.head.missing": "HEAD 没有移动，应当在 {expected}。",
        "git.head.different": "HEAD 在 {found}，应当在 {expected}。",
        "git.head.extra": "HEAD 被移到了 {found}，题目没有这个要求。",
        "git.tag.missing": "标签 {item} 不存在或没有移动，应为 {expected}。",
        "git.tag.different": "标签 {item} 是 {found}，应为 {expected}。",
        "git.tag.annotated": "标签 {item} 是轻量标签，应当是附注标签（git tag -a）。",
        "git.tag.light": "标签 {item} 是附注标签，应当是轻量标签（git tag 不带 -a、-m）。",
        "git.tag.extra": "标签 {item} 被新建或移动了，题目没有这个要求。",
        "git.untagged.missing": "标签 {item} 还在，应当删除（git tag -d）。",
        "git.untagged.extra": "标签 {item} 被删除了，它应当保留。",
        "git.underway.missing": "{label} 里未完成的操作没有变化，应为：{expected}。",
        "git.underway.different": "{label} 里未完成的操作：{found}，应为：{expected}。",
        "git.underway.extra": "{label} 里有未完成的操作：{found}，应当保持原样。",
        "git.fetched.missing": "没有获取远程分支 {item}，它应当在 {expected}。",
        "git.fetched.different": "远程分支 {item} 在 {found}，应当在 {expected}。",
        "git.fetched.extra": "远程分支 {item} 被获取或移动了，题目没有这个要求。",
        "git.pruned.missing": "远程分支 {item} 的记录还在，应当删除。",
        "git.pruned.extra": "远程分支 {item} 的记录不见了，它应当保留。",
        "git.staged.missing": "{item} 的暂存状态没有改变，应为：{expected}。",
        "git.staged.different": "{item} 的暂存状态是：{found}，其内容或模式与要求不同：{expected}。",
        "git.staged.extra": "{item} 的暂存状态被改变了（{found}），它应当保持原样。",
        "git.stash.missing": "储藏（stash）没有按要求改变。",
        "git.stash.different": "储藏（stash）里的内容不对。",
        "git.stash.extra": "储藏（stash）被改动了，它应当保持原样。",
        "git.config.missing": "配置 {item} 没有改变，应为 {expected}。",
        "git.config.different": "配置 {item} 是 {found}，应为 {expected}。",
        "git.config.extra": "配置 {item} 被改动了（{found}），题目没有这个要求。",
        "git.tracking.missing": "配置 {item} 没有设置，应为 {expected}（-u、--track）。",
        "git.habit.missing": "配置 {item} 没有改变，应为 {expected}。",
        "git.stashed.missing": "{item} 没有写上说明 {expected}（git stash push -m）。",
        "git.author.missing": "提交“{item}”的作者应为 {expected}（--author）。",
        "git.author.different": "提交“{item}”的作者是 {found}，应为 {expected}。",
        "git.dated.missing": "提交“{item}”应当带有另一个日期（--date）。",
        "git.dated.different": "提交“{item}”的日期不对（--date）。",
    },
    {
        "git.repository": "{who}", "git.removed": "删除{who}", "git.branch": "分支 {item}",
        "git.unbranched": "删除分支 {item}", "git.head": "HEAD", "git.tag": "标签 {item}",
        "git.untagged": "删除标签 {item}", "git.underway": "未完成的操作", "git.fetched": "远程分支 {item}",
        "git.pruned": "远程分支 {item} 的记录", "git.staged": "暂存的 {item}", "git.stash": "储藏（stash）",
        "git.config": "配置 {item}", "git.tracking": "配置 {item}", "git.habit": "配置 {item}",
        "git.stashed": "{item} 的说明", "git.author": "作者", "git.dated": "日期",
    },
    {
        "bare": "裸仓库", "added": "新增", "modified": "修改", "deleted": "删除", "changed": "改变",
        "conflict": "有冲突",
    },
)  # fmt: skip

GIT = Provider(
    "git",
    ASPECTS,
    changes,
    {"en": _EN, "zh": _ZH},
    twins={"git.branch": _commits, "git.tag": _commits},
    shown={
        "git.branch": _commit,
        "git.head": _commit,
        "git.tag": _commit,
        "git.fetched": _commit,
        "git.staged": _staged,
    },
    survey="git",
    asked=lambda programs: "git" in programs,
)
