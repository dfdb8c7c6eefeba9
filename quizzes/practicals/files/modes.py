# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on the permissions of files."""

from __future__ import annotations

import re

from notes.facts import Language
from quizzes.practicals.lines import PlainLine, quoted
from quizzes.practicals.naming import listed, paths_of, say
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, looks_like_folder, path_of

_WHO = {"u": ("所有者", "the owner"), "g": ("所属组", "the group"), "o": ("其他用户", "others"), "a": ("所有用户", "everyone")}
_MAY = {"r": ("读", "read"), "w": ("写", "write"), "x": ("执行", "execute")}
_CLAUSE = re.compile(r"([ugoa]*)([+=-])([rwx]*)")
_STARTS = (0o644, 0o600, 0o664, 0o755, 0o777)


def chmod(line: PlainLine, language: Language) -> Task:
    if line.has("reference"):
        return _chmod_like(line, language)
    words = list(line.operands)
    if len(words) < 2:
        raise NotATaskError("chmod stands without a mode or without files")
    mode = words[0]
    if any(re.fullmatch(r"[ugoa]*[+=-][rwxXst]*,?", word) for word in words[1:]):
        raise NotATaskError("the blanks between the parts of the mode make the line wrong")
    rest = PlainLine("chmod", line.options, tuple(words[1:]), line.order)
    paths = paths_of(rest, "run.sh")
    deep, setup, kinds = line.has("R"), Setup(), False
    for path, word in zip(paths, words[1:], strict=True):
        if deep and looks_like_folder(path, word):
            setup.file(f"{path}/one.txt")
            setup.file(f"{path}/more/two.txt")
            kinds = True
        elif is_glob(path):
            setup.source(path)
        else:
            setup.file(path)
    if kinds and _removes_search(mode):
        raise NotATaskError("that mode would close the folders themselves")
    start = next((start for start in _STARTS if _applied(mode, start) != start and _applied(mode, start | 0o111) != start | 0o111), None)
    start = start or next((start for start in _STARTS if _applied(mode, start) != start), None)
    if start is None:
        raise NotATaskError(f"the mode {mode} cannot be told in a task")
    targets = " ".join(quoted(path) for path in paths)
    setup.run(f"chmod {'-R ' if kinds else ''}{_start_mode(start, kinds)} {targets}")
    names = listed(language, paths)
    whole = say(language, f"{names} 以及其中的全部内容" if kinds else f"{names}", f"{names} and everything inside" if kinds else names)
    if mode.isdigit():
        text = say(language, f"把 {whole} 的权限设为八进制的 {mode}。", f"Set the permissions of {whole} to {mode} (octal).")
    else:
        text = say(language, f"修改 {whole} 的权限：{_told(mode, language)}，其余权限不变。", f"Change the permissions of {whole}: {_told(mode, language)}; leave all other permissions as they are.")
    return Task(text, setup.text, f"chmod {'-R ' if kinds else ''}{mode} {targets}", "")


def _chmod_like(line: PlainLine, language: Language) -> Task:
    like, paths = path_of(line.value("reference"), "model.txt"), paths_of(line, "notes.txt")
    setup = Setup()
    setup.file(like)
    for path in paths:
        setup.file(path)
    setup.run(f"chmod 640 {quoted(like)}")
    text = say(language, f"把 {listed(language, paths)} 的权限改成和 `{like}` 一样。", f"Give {listed(language, paths)} the same permissions as `{like}`.")
    return Task(text, setup.text, f"chmod --reference={quoted(like)} {quoted(*paths)}", "")


def _start_mode(start: int, kinds: bool) -> str:
    return f"u=rwX,go={'rX' if start & 0o044 else 'X'}" if kinds else f"{start:o}"


def _removes_search(mode: str) -> bool:
    if mode.isdigit():
        return not int(mode[-3], 8) & 1
    return any((op == "=" and "x" not in may) or (op == "-" and "x" in may) for _, op, may in _clauses(mode))


def _clauses(mode: str) -> list[tuple[str, str, str]]:
    found = [_CLAUSE.fullmatch(part) for part in mode.split(",")]
    if not all(found):
        raise NotATaskError(f"the mode {mode} cannot be told in a task")
    return [(match.group(1) or "a", match.group(2), match.group(3)) for match in found if match]


def _applied(mode: str, start: int) -> int:
    """Compute what a mode makes of permissions."""
    if mode.isdigit():
        if not re.fullmatch(r"0?[0-7]{3}", mode):
            raise NotATaskError(f"the mode {mode} cannot be told in a task")
        return int(mode, 8)
    for who, operator, may in _clauses(mode):
        bits = sum({"r": 4, "w": 2, "x": 1}[letter] for letter in set(may))
        for shift in {"u": (6,), "g": (3,), "o": (0,)}.get(who, tuple({"u": 6, "g": 3, "o": 0, "a": 0}[letter] for letter in who)) if "a" not in who else (6, 3, 0):
            old = start >> shift & 7
            new = {"+": old | bits, "-": old & ~bits, "=": bits}[operator]
            start = start & ~(7 << shift) | new << shift
    return start


def _told(mode: str, language: Language) -> str:
    place = 0 if language == "zh" else 1
    told = []
    for who, operator, may in _clauses(mode):
        whom = say(language, "和", " and ").join(_WHO[letter][place] for letter in dict.fromkeys(who))
        what = say(language, "、", ", ").join(_MAY[letter][place] for letter in dict.fromkeys(may))
        if not may and operator != "=":
            raise NotATaskError(f"the mode {mode} cannot be told in a task")
        if language == "zh":
            told.append({"+": f"给{whom}加上{what}权限", "-": f"去掉{whom}的{what}权限", "=": f"{whom}恰好有{what}权限" if may else f"{whom}没有任何权限"}[operator])
        else:
            told.append({"+": f"give {whom} permission to {what}", "-": f"take from {whom} the permission to {what}", "=": f"{whom} may exactly {what}" if may else f"{whom} may do nothing"}[operator])
    return say(language, "；", "; ").join(told)
