# ruff: noqa: E501 - a sentence stays on its line
"""Tasks from the commands that make, move, link, pack and guard files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from notes.facts import Language
from quizzes.practicals.lines import PlainLine, Rules, quoted
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, looks_like_folder, path_of

Maker = Callable[[PlainLine, Language], Task]
_LOUD = frozenset("v")
_LONG = {"verbose": "v", "recursive": "r", "force": "f"}


def say(language: Language, zh: str, en: str) -> str:
    """Choose the sentence of a language."""
    return zh if language == "zh" else en


def listed(language: Language, paths: list[str]) -> str:
    """Name paths in a sentence."""
    marked = [f"`{path}`" for path in paths]
    if language == "zh":
        return "、".join(marked)
    return marked[0] if len(marked) == 1 else ", ".join(marked[:-1]) + " and " + marked[-1]


def whole(language: Language, paths: list[str]) -> str:
    """Name paths that may be patterns in a sentence."""
    names = listed(language, paths)
    if not any(is_glob(path) for path in paths):
        return f" {names} " if language == "zh" else names
    return say(language, f"名称符合 {names}", f"everything that matches {names}") + say(language, " 的文件", "")


def paths_of(line: PlainLine, instead: str, *, least: int = 1) -> list[str]:
    """Give the paths of a line's operands, each only once."""
    paths = [path_of(word, instead if place == 0 else f"{place + 1}-{instead}") for place, word in enumerate(line.operands)]
    if len(paths) < least:
        raise NotATaskError(f"{line.tool} stands without what it works on")
    if len(set(paths)) != len(paths) or len(paths) > 4:
        raise NotATaskError("the line names one thing twice, or too many")
    return paths


# --- making, moving, removing


def _mkdir(line: PlainLine, language: Language) -> Task:
    paths = paths_of(line, "docs")
    mode, deep = line.value("m"), [path for path in paths if "/" in path]
    if deep and not line.has("p"):
        setup = Setup()
        for path in deep:
            setup.folder(posixpath.dirname(path))
        lines = setup.text
    else:
        lines = ""
    text = say(language, f"创建目录 {listed(language, paths)}", f"Make the folder{'s' * (len(paths) > 1)} {listed(language, paths)}")
    if deep and line.has("p"):
        text += say(language, "，中间缺少的目录一并创建", ", with the folders above that are missing")
    if mode:
        text += say(language, f"，权限为 {mode}", f", with the permissions {mode}")
    options = ("-p " if line.has("p") else "") + (f"-m {mode} " if mode else "")
    return Task(text + say(language, "。", "."), lines, f"mkdir {options}{quoted(*paths)}", "")


def _rmdir(line: PlainLine, language: Language) -> Task:
    paths = paths_of(line, "empty")
    return Task(
        say(language, f"删除空目录 {listed(language, paths)}。", f"Remove the empty folder{'s' * (len(paths) > 1)} {listed(language, paths)}."),
        f"mkdir -p {quoted(*paths)}\necho keep > keep.txt",
        f"rmdir {quoted(*paths)}",
        "",
    )


def _touch(line: PlainLine, language: Language) -> Task:
    paths = paths_of(line, "new.txt")
    if any(is_glob(path) for path in paths):
        raise NotATaskError("a glob names no file that could be created")
    setup = Setup()
    for path in paths:
        setup.folder(posixpath.dirname(path))
    text = say(language, f"创建空文件 {listed(language, paths)}。", f"Create the empty file{'s' * (len(paths) > 1)} {listed(language, paths)}.")
    return Task(text, setup.text, f"touch {quoted(*paths)}", "")


def _rm(line: PlainLine, language: Language) -> Task:
    if any(word in ("/", "/*", "*", ".", "./*", "~", "..") or word.startswith(("~", "/*")) for word in line.operands):
        raise NotATaskError("a task that deletes everything would teach a dangerous habit")
    paths = paths_of(line, "old.txt" if not line.has("r", "R") else "old")
    setup, folders = Setup(), []
    for path, word in zip(paths, line.operands, strict=True):
        folder = line.has("r", "R") and not is_glob(path) and looks_like_folder(path, word)
        if folder:
            setup.file(f"{path}/one.txt")
            folders.append(path)
        else:
            setup.source(path, "") if is_glob(path) else setup.file(path)
    setup.file("keep.md")
    if folders and len(folders) == len(paths):
        text = say(language, f"删除目录 {listed(language, paths)} 以及其中的所有内容", f"Remove the folder{'s' * (len(paths) > 1)} {listed(language, paths)} with everything inside")
    elif folders:
        raise NotATaskError("the line mixes files and folders")
    elif any(is_glob(path) for path in paths):
        text = say(language, f"删除当前目录下名称符合 {listed(language, paths)} 的文件，其他文件保留", f"Remove the files whose names match {listed(language, paths)}, and no others")
    else:
        text = say(language, f"删除文件 {listed(language, paths)}，其他文件保留", f"Remove the file{'s' * (len(paths) > 1)} {listed(language, paths)}, and no other")
    return Task(text + say(language, "。", "."), setup.text, f"rm {'-r ' if folders else ''}{quoted(*paths)}", "")


def _cp(line: PlainLine, language: Language) -> Task:
    return _moved(line, language, "cp")


def _mv(line: PlainLine, language: Language) -> Task:
    return _moved(line, language, "mv")


def _moved(line: PlainLine, language: Language, tool: str) -> Task:
    words = list(line.operands)
    if len(words) < 2:
        raise NotATaskError(f"{tool} stands without its target")
    here = words[-1] in (".", "./")
    sources = [path_of(word, "notes.txt") for word in words[:-1]]
    target = "." if here else path_of(words[-1], "backup")
    setup, whole = Setup(), line.has("r", "R", "a")
    folders = [_source(setup, path, word, whole or tool == "mv") for path, word in zip(sources, words[:-1], strict=True)]
    if any(folders) and tool == "cp" and not whole:
        raise NotATaskError("a folder is not copied without -r")
    if here and not all("/" in path for path in sources):
        raise NotATaskError("the file is in that folder already")
    many = len(sources) > 1 or any(is_glob(path) for path in sources)
    into = here or many or words[-1].endswith("/") or (not any(folders) and looks_like_folder(target))
    if target in sources or any(target.startswith(f"{path}/") for path in sources):
        raise NotATaskError("source and target are the same")
    if into and not here:
        setup.folder(target)
    elif not here:
        setup.folder(posixpath.dirname(target))
    verb = say(language, "复制", "Copy") if tool == "cp" else say(language, "移动", "Move")
    what = say(language, "目录" if any(folders) else "文件", "the folder" if any(folders) else "the file" + "s" * many)
    if many and any(is_glob(path) for path in sources):
        what = say(language, "名称符合", "all files that match")
    names = listed(language, sources) + say(language, " 的文件" if what == "名称符合" else "", "")
    if here:
        text = say(language, f"把{what} {names} {verb}到当前目录。", f"{verb} {what} {names} into the current folder.")
    elif into:
        text = say(language, f"把{what} {names} {verb}到已有的目录 `{target}` 中。", f"{verb} {what} {names} into the folder `{target}`, which exists.")
    elif tool == "mv" and posixpath.dirname(target) == posixpath.dirname(sources[0]):
        text = say(language, f"把{what} {names} 改名为 `{target}`。", f"Rename {what} {names} to `{target}`.")
    else:
        text = say(language, f"把{what} {names} {verb}为 `{target}`。", f"{verb} {what} {names} to `{target}`, which does not exist yet.")
    options = "-r " if any(folders) and tool == "cp" else ""
    return Task(text, setup.text, f"{tool} {options}{quoted(*sources)} {quoted(target)}{'/' if into and not here else ''}", "")


def _source(setup: Setup, path: str, word: str, folders: bool) -> bool:
    if folders and not is_glob(path) and looks_like_folder(path, word):
        return setup.source(path, "x/")
    if is_glob(path):
        return setup.source(path)
    setup.file(path)
    return False


def _ln(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("the line does not name the file and its link")
    target, link = path_of(line.operands[0], "notes.txt"), path_of(line.operands[1], "link")
    if target == link or is_glob(target) or "/" in link:
        raise NotATaskError("the line does not name the file and its link")
    setup = Setup()
    if line.has("s"):
        setup.source(target, line.operands[0])
        text = say(language, f"创建符号链接 `{link}`，指向 `{target}`。", f"Make the symbolic link `{link}` that points to `{target}`.")
        return Task(text, setup.text, f"ln -s {quoted(target)} {quoted(link)}", "")
    setup.file(target)
    text = say(language, f"为文件 `{target}` 创建硬链接 `{link}`。", f"Make `{link}` a hard link to the file `{target}`.")
    return Task(text, setup.text, f"ln {quoted(target)} {quoted(link)}", "")


# --- permissions


_WHO = {"u": ("所有者", "the owner"), "g": ("所属组", "the group"), "o": ("其他用户", "others"), "a": ("所有用户", "everyone")}
_MAY = {"r": ("读", "read"), "w": ("写", "write"), "x": ("执行", "execute")}
_CLAUSE = re.compile(r"([ugoa]*)([+=-])([rwx]*)")
_STARTS = (0o644, 0o600, 0o664, 0o755, 0o777)


def _chmod(line: PlainLine, language: Language) -> Task:
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


# --- archives


_PACKED = {"z": ("gzip", ".tar.gz"), "j": ("bzip2", ".tar.bz2"), "J": ("xz", ".tar.xz")}
_TAR_OF_GZIP = re.compile(r"\.(tar\.gz|tgz|tar\.bz2|tbz2?|tar\.xz|txz)$")


def _tar(line: PlainLine, language: Language) -> Task:
    works = [letter for letter in "cxtr" if line.has(letter)]
    if len(works) != 1:
        raise NotATaskError("the line does not say whether to pack, unpack or list")
    if not line.value("f"):
        raise NotATaskError("tar stands without an archive")
    letter = next((letter for letter in "zjJ" if line.has(letter)), "")
    ending = _PACKED[letter][1] if letter else ".tar"
    archive = path_of(line.value("f"), f"backup{ending}")
    known = _TAR_OF_GZIP.search(archive)
    implied = {"gz": "z", "tg": "z", "bz": "j", "tb": "j", "xz": "J", "tx": "J"}[known.group(1).removeprefix("tar.")[:2]] if known else ""
    if letter and known and implied != letter:
        raise NotATaskError("the archive's name does not fit the way it is packed")
    return {"c": _tar_pack, "x": _tar_unpack, "t": _tar_list, "r": _tar_append}[works[0]](line, language, archive, letter or (implied if not line.has("c", "r") else ""))


def _tar_pack(line: PlainLine, language: Language, archive: str, letter: str) -> Task:
    if _TAR_OF_GZIP.search(archive) and not letter and not line.has("a"):
        raise NotATaskError("the archive's name says it is compressed, and the line does not compress it")
    if line.has("C", "strip"):
        raise NotATaskError("packing from another folder cannot be told in a task")
    paths, setup = paths_of(line, "docs"), Setup()
    for path, word in zip(paths, line.operands, strict=True):
        setup.source(path, word)
    skipped, options = line.value("exclude"), ""
    if skipped:
        options = f"--exclude {quoted(skipped)} "
        name = path_of(skipped, "skip")
        inner = name if "/" in name else f"{paths[0].partition('/')[0]}/{name}"
        setup.file(inner.replace("*", "skip") if is_glob(inner) else f"{inner}/skipped.txt" if looks_like_folder(inner) else inner)
    how = _PACKED[letter][0] if letter else ""
    names = whole(language, paths)
    text = say(
        language,
        f"把{names}打包成归档文件 `{archive}`" + (f"，并用 {how} 压缩" if how else "，不压缩"),
        f"Pack {names} into the tar archive `{archive}`" + (f", compressed with {how}" if how else ", without compression"),
    )
    if skipped:
        text += say(language, f"，但不包括 `{skipped}`", f", but leave out `{skipped}`")
    tail = ""
    if line.has("remove-files"):
        tail = " --remove-files"
        text += say(language, "，打包后删除原来的文件", ", and remove the originals afterwards")
    return Task(text + say(language, "。", "."), setup.text, f"tar {options}-c{letter}f {quoted(archive)} {quoted(*paths)}{tail}", "")


def _tar_unpack(line: PlainLine, language: Language, archive: str, letter: str) -> Task:
    if line.has("exclude", "remove-files"):
        raise NotATaskError("unpacking with exceptions cannot be told in a task")
    setup, members = Setup(), [path_of(word, "one.txt") for word in line.operands]
    strip = line.value("strip")
    if strip and not re.fullmatch(r"[1-3]", strip):
        raise NotATaskError("the number of folders to leave out is not said")
    top = "/".join(("app", "v1", "src")[: int(strip)]) if strip else "docs"
    for member in members:
        setup.source(member, "")
    setup.file(f"{top}/one.txt")
    setup.file(f"{top}/more/two.txt")
    tops = list(dict.fromkeys([*(member.partition("/")[0] for member in members), top.partition("/")[0]]))
    setup.folder(posixpath.dirname(archive))
    setup.run(f"tar -c{letter}f {quoted(archive)} {quoted(*tops)}")
    setup.run(f"rm -r {quoted(*tops)}")
    where, tail = line.value("C"), ""
    if where:
        target = path_of(where, "target")
        setup.run(f"mkdir -p {quoted(target)}")
        tail = f" -C {quoted(target)}"
    what = say(language, f"中的 {listed(language, members)}（其他的不要）", f"only {listed(language, members)} from ") if members else ""
    text = say(
        language,
        f"把归档文件 `{archive}` {what}解包到" + (f"已有的目录 `{target}` 中" if where else "当前目录"),
        f"Unpack {what}the archive `{archive}` into " + (f"the folder `{target}`, which exists" if where else "the current folder"),
    )
    if strip:
        tail += f" --strip-components={strip}"
        text += say(language, f"，去掉路径最前面的 {strip} 层目录", f", leaving out the first {strip} folder{'s' * (strip != '1')} of each path")
    return Task(text + say(language, "。", "."), setup.text, " ".join(part for part in (f"tar -x{letter}f {quoted(archive)}{tail}", quoted(*members)) if part), "")


def _tar_list(line: PlainLine, language: Language, archive: str, letter: str) -> Task:
    if line.operands or line.has("C", "exclude", "strip"):
        raise NotATaskError("only listing a whole archive can be told in a task")
    setup = Setup()
    setup.file("docs/one.txt")
    setup.file("docs/more/two.txt")
    setup.folder(posixpath.dirname(archive))
    setup.run(f"tar -c{letter}f {quoted(archive)} docs\nrm -r docs")
    text = say(language, f"列出归档文件 `{archive}` 中所有成员的名称（不解包）。", f"List the names of all members of the archive `{archive}`, without unpacking it.")
    return Task(text, setup.text, f"tar -t{letter}f {quoted(archive)}", "")


def _tar_append(line: PlainLine, language: Language, archive: str, letter: str) -> Task:
    paths, setup = paths_of(line, "more.txt"), Setup()
    if letter or line.has("C", "exclude", "strip", "remove-files") or archive in paths:
        raise NotATaskError("a compressed archive cannot be added to")
    setup.file("first.txt")
    for path, word in zip(paths, line.operands, strict=True):
        setup.source(path, word)
    setup.run(f"tar -cf {quoted(archive)} first.txt")
    text = say(language, f"把{whole(language, paths)}追加到已有的归档文件 `{archive}` 中。", f"Add {whole(language, paths)} to the archive `{archive}`, which exists.")
    return Task(text, setup.text, f"tar -rf {quoted(archive)} {quoted(*paths)}", "")


_ENDINGS = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz"}
_UNPACKERS = {"gunzip": "gzip", "bunzip2": "bzip2", "unxz": "xz"}


def _compress(line: PlainLine, language: Language) -> Task:
    packer = _UNPACKERS.get(line.tool, line.tool)
    ending, back = _ENDINGS[packer], line.has("d") or line.tool in _UNPACKERS
    paths = paths_of(line, f"notes.txt{ending}" if back else "notes.txt")
    keep, setup = line.has("k"), Setup()
    plain = [path.removesuffix(ending) for path in paths]
    if any(is_glob(path) for path in paths) or any(back != path.endswith(ending) for path in paths):
        raise NotATaskError("the names do not fit the way they are packed")
    for path in plain:
        setup.file(path)
    flags = "-k " if keep else ""
    if back:
        setup.run(f"{packer} {quoted(*plain)}")
        text = say(language, f"解压 {listed(language, paths)}" + ("，保留压缩文件" if keep else "，解压后不保留压缩文件"), f"Uncompress {listed(language, paths)}" + (" and keep the compressed file" if keep else ", not keeping the compressed file"))
        return Task(text + say(language, "。", "."), setup.text, f"{packer} -d {flags}{quoted(*paths)}", "")
    text = say(language, f"用 {packer} 压缩 {listed(language, paths)}，得到 {listed(language, [path + ending for path in paths])}" + ("，保留原文件" if keep else "，不保留原文件"), f"Compress {listed(language, paths)} with {packer} to {listed(language, [path + ending for path in paths])}" + (" and keep the original" if keep else ", not keeping the original"))
    return Task(text + say(language, "。", "."), setup.text, f"{packer} {flags}{quoted(*paths)}", "")


def _zip(line: PlainLine, language: Language) -> Task:
    words = line.operands
    if len(words) < 2:
        raise NotATaskError("zip stands without its archive or without files")
    archive = path_of(words[0], "backup.zip")
    archive = archive if archive.endswith(".zip") else f"{archive}.zip"
    paths, setup = paths_of(PlainLine("zip", {}, words[1:], ()), "docs"), Setup()
    folders = [setup.source(path, word if line.has("r") else "") for path, word in zip(paths, words[1:], strict=True)]
    if any(folders) and not line.has("r"):
        raise NotATaskError("a folder is not packed whole without -r")
    text = say(language, f"把{whole(language, paths)}打包压缩成 zip 文件 `{archive}`。", f"Pack {whole(language, paths)} into the zip file `{archive}`.")
    return Task(text, setup.text, f"zip {'-r ' if any(folders) else ''}{quoted(archive)} {quoted(*paths)}", "")


def _unzip(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 1:
        raise NotATaskError("only unpacking a whole archive can be told in a task")
    archive = path_of(line.operands[0], "backup.zip")
    archive = archive if archive.endswith(".zip") else f"{archive}.zip"
    setup = Setup()
    setup.file("docs/one.txt")
    setup.file("docs/more/two.txt")
    setup.run(f"zip -qr {quoted(archive)} docs\nrm -r docs")
    where = path_of(line.value("d"), "target") if line.has("d") else ""
    text = say(language, f"把 zip 文件 `{archive}` 解压到" + (f"目录 `{where}` 中。" if where else "当前目录。"), f"Unpack the zip file `{archive}` into " + (f"the folder `{where}`." if where else "the current folder."))
    return Task(text, setup.text, f"unzip -q {quoted(archive)}{f' -d {quoted(where)}' if where else ''}", "")


_COMPRESSING = Rules("dk123456789", "", {"decompress": "d", "keep": "k", "verbose": "v"}, ignored=frozenset("vfq123456789"))
#: Every tool that such tasks are made of: how its options are read, and the maker.
FILEWORK: Mapping[str, tuple[Rules, Maker]] = {
    "mkdir": (Rules("p", "m", {"parents": "p", "mode": "m", **_LONG}, ignored=_LOUD), _mkdir),
    "rmdir": (Rules("", "", _LONG, ignored=_LOUD), _rmdir),
    "touch": (Rules(), _touch),
    "rm": (Rules("rRf", "", _LONG, ignored=frozenset("vi")), _rm),
    "cp": (Rules("rRapf", "", {**_LONG, "archive": "a"}, ignored=frozenset("vi")), _cp),
    "mv": (Rules("f", "", _LONG, ignored=frozenset("vi")), _mv),
    "ln": (Rules("s", "", {"symbolic": "s"}, ignored=_LOUD), _ln),
    "chmod": (Rules("R", "", {"recursive": "R", "reference": "reference", "verbose": "v", "changes": "c", "quiet": "f", "silent": "f"}, frozenset({"reference"}), frozenset("vcf")), _chmod),
    "tar": (
        Rules(
            "cxtrzjJa", "fC",
            {"create": "c", "extract": "x", "get": "x", "list": "t", "append": "r", "gzip": "z", "bzip2": "j", "xz": "J", "file": "f",
             "directory": "C", "exclude": "exclude", "remove-files": "remove-files", "strip-components": "strip", "verbose": "v"},
            frozenset({"exclude", "strip"}), frozenset("vp"), bare=True,
        ),
        _tar,
    ),
    **dict.fromkeys((*_ENDINGS, *_UNPACKERS), (_COMPRESSING, _compress)),
    "zip": (Rules("r", "", {"recurse-paths": "r"}, ignored=frozenset("qv")), _zip),
    "unzip": (Rules("", "d", {}, ignored=frozenset("qo")), _unzip),
}  # fmt: skip
