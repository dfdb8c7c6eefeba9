"""Files and folders of the work folder: content, kind, rights, owner, links, archives by what is in them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from sandboxes.effects import FileEntry

from .. import images
from ..contents import contents_of
from ..provider import Found, Provider, Values, View, Words
from ..spots import Aspect, Spot
from ..spots import forbidden_extra as _forbidden

#: Shells, editors and engines leave these behind; they are nobody's goal.
_NOISE: tuple[str, ...] = (
    ".bash_history", ".ash_history", ".sh_history", ".docker/", ".docker", ".local", ".cache", ".lesshst", "nohup.out",
)  # fmt: skip
_USUAL = {"file": 0o644, "folder": 0o755}
#: Seconds before a script within which a file's time is taken for the time of its setup.
_SETUP = 3600.0
_ROOT = "0:0"
#: New files among which a removed one is looked for.
_LOOKED = 200

ASPECTS = (
    Aspect("file.content", "files", 3, 2),
    _forbidden("file.changed", "files", 3, 2),
    _forbidden("file.removed", "files", 3, 2),
    _forbidden("file.mode", "modes", 4, 2),
    _forbidden("file.moved", "files", 4, 2),
    Aspect("file.rights", "modes", 5),
    _forbidden("file.owner", "owners", 4, 2),
    Aspect("file.twin", "links", 5),
    Aspect("file.time", "times", 6),
)


def changes(view: View) -> Found:
    """List what happened to the files. With an engine, only that they exist and what they tell."""
    was, now = (_entries(files) for files in (view.run.before.files, view.run.after.files))
    for path in sorted(set(was) - set(now)):
        yield Spot("file.removed", path), "yes"
    yield from () if view.engine else _moved(was, now)
    archives = contents_of(view.run).archives
    for path in sorted(now):
        entry, old = now[path], was.get(path)
        value = _value(entry, view, archives.get(path, ()))
        if old is None:
            yield Spot("file.content", path), value
            yield from () if view.engine else _born(entry, view)
        elif view.engine:
            if entry.kind != "folder":
                yield from _changed_beside_an_engine(old, entry, value)
        else:
            yield from _altered(old, entry, value, view)


def _entries(files: Iterable[FileEntry]) -> dict[str, FileEntry]:
    files = tuple(files)
    bare = tuple(f"{folder}/" for folder in _bare(files))
    return {
        entry.path: entry
        for entry in files
        if not (entry.path.startswith(_NOISE) or ".git" in entry.path.split("/") or entry.path.startswith(bare))
    }


def _moved(was: Mapping[str, FileEntry], now: Mapping[str, FileEntry]) -> Found:
    """Tell where the content of a removed file went: renamed is not deleted."""
    born = [now[path] for path in sorted(set(now) - set(was))]
    for path in sorted(set(was) - set(now)):
        if was[path].kind == "file":
            yield from ((Spot("file.moved", path), new.path) for new in born[:_LOOKED] if _is_same(was[path], new))


def _is_same(old: FileEntry, new: FileEntry) -> bool:
    """Whether a new file is an old one under another name; empty files are all alike, so their names must be too.

    `x.tmp` is like `x.tmp.bak` and like `x.old`.
    """
    name = posixpath.basename(old.path)
    stem = posixpath.splitext(name)[0]
    near = name in posixpath.basename(new.path) or stem == posixpath.splitext(posixpath.basename(new.path))[0]
    return _content(old) == _content(new) and (old.size > 0 or near)


def _bare(files: tuple[FileEntry, ...]) -> Iterator[str]:
    """Give the folders that are repositories without a work tree: git tells what is in them."""
    paths = {entry.path for entry in files}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name == "HEAD" and {f"{folder}/objects", f"{folder}/refs"} <= paths and folder:
            yield folder


def _content(entry: FileEntry) -> tuple[str, str, int]:
    return entry.kind, entry.digest, entry.size


def _born(entry: FileEntry, view: View) -> Found:
    if entry.kind in _USUAL and entry.mode != _USUAL[entry.kind]:
        yield Spot("file.rights", entry.path), f"{entry.mode:o}"
    if entry.owner not in ("", _ROOT):
        yield Spot("file.owner", entry.path), entry.owner
    if entry.twin:
        yield Spot("file.twin", entry.path), entry.twin
    if entry.kind == "file" and entry.modified and entry.modified < view.run.began - _SETUP:
        yield Spot("file.time", entry.path), _date(entry.modified)


def _changed_beside_an_engine(old: FileEntry, new: FileEntry, value: str) -> Found:
    if _content(old) != _content(new):
        yield Spot("file.changed", new.path), value
    if old.mode != new.mode and new.kind != "link":
        yield Spot("file.mode", new.path), f"{new.mode:o}"


def _altered(old: FileEntry, new: FileEntry, value: str, view: View) -> Found:
    path = new.path
    if old.kind != new.kind or (new.kind != "folder" and _content(old) != _content(new)):
        yield Spot("file.changed", path), value
    elif new.kind == "file" and old.modified != new.modified:
        near = abs(new.modified - view.run.began) < _SETUP
        yield Spot("file.time", path), "now" if near else _date(new.modified)
    if old.mode != new.mode and new.kind != "link":
        yield Spot("file.mode", path), f"{new.mode:o}"
    if old.owner != new.owner:
        yield Spot("file.owner", path), new.owner
    if old.twin != new.twin and new.twin:
        yield Spot("file.twin", path), new.twin


def _date(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


def _value(entry: FileEntry, view: View, members: tuple[FileEntry, ...]) -> str:
    if view.engine:
        return images.fingerprint(entry, view.reader, members)
    if entry.kind == "link":
        return "link " + _target(entry)
    if members:
        return "archive " + ", ".join(_members(members))
    if entry.text:
        return "text " + view.plain.canonical(entry.text)
    return images.fingerprint(entry, view.reader)


def _target(entry: FileEntry) -> str:
    """Give what a link points to, seen from the work folder: `a` beside it and its full path are the same."""
    target = entry.digest.removeprefix("/home/lab/work/") if entry.digest.startswith("/home/lab/work/") else ""
    if not target and not entry.digest.startswith("/"):
        target = posixpath.join(posixpath.dirname(entry.path), entry.digest)
    return posixpath.normpath(target) if target else entry.digest


def _members(members: Iterable[FileEntry]) -> list[str]:
    """Give an archive's members by path and content; a folder counts where nothing in it does."""
    paths = {member.path.removeprefix("./").strip("/"): member for member in members}
    inner = {path.rpartition("/")[0] for path in paths}
    return sorted(
        f"{path} {member.digest}" if member.kind == "file" else path + ("" if member.kind == "other" else "/")
        for path, member in paths.items()
        if not (member.kind == "folder" and path in inner)
    )


def cosmetic(spot: Spot, value: str, values: Values, script: str) -> bool:
    """Leave out times that git sets by writing files anew."""
    return spot.aspect == "file.time" and any(other.aspect.startswith("git.") for other in values)


_EN = Words(
    {
        "file.content.missing": "file {label} is missing.",
        "file.content.extra": "file {label} is too much: the task does not ask for it.",
        "file.content.different": "file {label} should hold {expected}; found {found}.",
        "file.changed.missing": "file {label} was not changed.",
        "file.changed.extra": "file {label} was changed, but should have stayed as it was.",
        "file.changed.different": "file {label} should hold {expected}; found {found}.",
        "file.removed.missing": "file {label} is still there; it should be gone.",
        "file.removed.extra": "file {label} was removed, but should have stayed.",
        "file.moved.missing": "{label} was not moved to {expected}.",
        "file.moved.extra": "{label} was only moved to {found}, not deleted.",
        "file.moved.different": "{label} was moved to {found}; it should be at {expected}.",
        "file.mode.missing": "the permissions of {label} were not changed; they should be {expected}.",
        "file.mode.different": "the permissions of {label} are {found}; they should be {expected}.",
        "file.mode.extra": "the permissions of {label} were changed to {found}, but should have stayed as they were.",
        "file.rights.missing": "{label} has the usual permissions; they should be {expected}.",
        "file.rights.different": "the permissions of {label} are {found}; they should be {expected}.",
        "file.owner.missing": "the owner of {label} was not changed; it should be {expected}.",
        "file.owner.different": "the owner of {label} is {found}; it should be {expected}.",
        "file.owner.extra": "the owner of {label} was changed to {found}, but should have stayed as it was.",
        "file.twin.missing": "{label} is a file of its own; it should be a hard link to {expected}.",
        "file.twin.different": "{label} is a hard link to {found}; it should be one to {expected}.",
        "file.time.missing": "the time of {label} was not changed; it should be {expected}.",
        "file.time.different": "the time of {label} is {found}; it should be {expected}.",
        "file.link.different": "{label} should be a link to {expected}; it is one to {found}.",
        "file.nolink": "{label} should be a symbolic link to {expected}; it is none.",
        "file.nofolder": "{label} should be a folder; it is none.",
        "file.folder": "{label} is a folder; it should be a file.",
        "file.packed": "{label} is not packed as asked: it should hold {expected}; found {found}.",
    },
    {
        "file.content": "{who}", "file.changed": "{who}", "file.removed": "{who} removed",
        "file.moved": "place of {label}", "file.mode": "permissions of {label}",
        "file.rights": "permissions of {label}", "file.owner": "owner of {label}",
        "file.twin": "hard link {label}", "file.time": "time of {label}",
    },
    {"now": "the present time", "folder": "a folder"},
)  # fmt: skip
_ZH = Words(
    {
        "file.content.missing": "缺少文件 {label}。",
        "file.content.extra": "多出了文件 {label}：题目没有要求它。",
        "file.content.different": "文件 {label} 的内容应为 {expected}，实际是 {found}。",
        "file.changed.missing": "文件 {label} 没有改变。",
        "file.changed.extra": "文件 {label} 被改动了，它应当保持原样。",
        "file.changed.different": "文件 {label} 的内容应为 {expected}，实际是 {found}。",
        "file.removed.missing": "文件 {label} 还在，应当删除。",
        "file.removed.extra": "文件 {label} 被删除了，它应当保留。",
        "file.moved.missing": "{label} 没有移动到 {expected}。",
        "file.moved.extra": "{label} 只是被移动到了 {found}，并没有删除。",
        "file.moved.different": "{label} 被移动到了 {found}，应当在 {expected}。",
        "file.mode.missing": "{label} 的权限没有改变，应为 {expected}。",
        "file.mode.different": "{label} 的权限是 {found}，应为 {expected}。",
        "file.mode.extra": "{label} 的权限被改成了 {found}，它应当保持原样。",
        "file.rights.missing": "{label} 的权限是默认的，应为 {expected}。",
        "file.rights.different": "{label} 的权限是 {found}，应为 {expected}。",
        "file.owner.missing": "{label} 的所有者没有改变，应为 {expected}。",
        "file.owner.different": "{label} 的所有者是 {found}，应为 {expected}。",
        "file.owner.extra": "{label} 的所有者被改成了 {found}，它应当保持原样。",
        "file.twin.missing": "{label} 是独立的文件，它应当是 {expected} 的硬链接。",
        "file.twin.different": "{label} 是 {found} 的硬链接，应当是 {expected} 的。",
        "file.time.missing": "{label} 的修改时间没有改变，应为 {expected}。",
        "file.time.different": "{label} 的修改时间是 {found}，应为 {expected}。",
        "file.link.different": "{label} 应当指向 {expected}，实际指向 {found}。",
        "file.nolink": "{label} 应当是指向 {expected} 的符号链接，实际不是链接。",
        "file.nofolder": "{label} 应当是目录，实际不是。",
        "file.folder": "{label} 是目录，应当是文件。",
        "file.packed": "{label} 没有按要求打包：应当包含 {expected}，实际是 {found}。",
    },
    {
        "file.content": "{who}", "file.changed": "{who}", "file.removed": "删除{who}", "file.moved": "{label} 的位置",
        "file.mode": "{label} 的权限",
        "file.rights": "{label} 的权限", "file.owner": "{label} 的所有者", "file.twin": "硬链接 {label}",
        "file.time": "{label} 的修改时间",
    },
    {"now": "当前时间", "folder": "目录"},
)  # fmt: skip


def _kinds(gap: object) -> list[str]:
    """Choose the sentence that says what kind of thing is there instead."""
    expected, found = (str(getattr(gap, name)).partition(" ")[0] for name in ("expected", "found"))
    if not expected or not found:
        return []
    if expected == "link":
        return ["file.link.different"] if found == "link" else ["file.nolink"]
    if "folder" in (expected, found) and expected != found:
        return ["file.nofolder" if expected == "folder" else "file.folder"]
    return ["file.packed"] if "archive" in (expected, found) else []


FILES = Provider(
    "files",
    ASPECTS,
    changes,
    {"en": _EN, "zh": _ZH},
    cosmetic,
    twins={"file.content": _kinds, "file.changed": _kinds},
)
