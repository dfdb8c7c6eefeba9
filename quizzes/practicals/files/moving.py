# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on making, copying, moving, linking and removing files."""

from __future__ import annotations

import posixpath
import re

from notes.facts import Language
from quizzes.practicals.lines import PlainLine, is_open, quoted
from quizzes.practicals.naming import listed, paths_of, say
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, looks_like_folder, path_of


def mkdir(line: PlainLine, language: Language) -> Task:
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


def rmdir(line: PlainLine, language: Language) -> Task:
    paths = paths_of(line, "empty")
    return Task(
        say(language, f"删除空目录 {listed(language, paths)}。", f"Remove the empty folder{'s' * (len(paths) > 1)} {listed(language, paths)}."),
        f"mkdir -p {quoted(*paths)}\necho keep > keep.txt",
        f"rmdir {quoted(*paths)}",
        "",
    )


def touch(line: PlainLine, language: Language) -> Task:
    paths = paths_of(line, "new.txt")
    if any(is_glob(path) for path in paths):
        raise NotATaskError("a glob names no file that could be created")
    setup = Setup()
    for path in paths:
        setup.folder(posixpath.dirname(path))
    text = say(language, f"创建空文件 {listed(language, paths)}。", f"Create the empty file{'s' * (len(paths) > 1)} {listed(language, paths)}.")
    return Task(text, setup.text, f"touch {quoted(*paths)}", "")


def rm(line: PlainLine, language: Language) -> Task:
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


def cp(line: PlainLine, language: Language) -> Task:
    return _moved(line, language, "cp")


def mv(line: PlainLine, language: Language) -> Task:
    return _moved(line, language, "mv")


def _moved(line: PlainLine, language: Language, tool: str) -> Task:
    words = list(line.operands)
    if len(words) < 2:
        raise NotATaskError(f"{tool} stands without its target")
    here = words[-1] in (".", "./")
    setup, whole = Setup(), line.has("r", "R", "a")
    sources = [path_of(word, "docs" if whole and is_open(word) else "notes.txt") for word in words[:-1]]
    target = "." if here else path_of(words[-1], "report.txt" if _A_FILE.search(words[-1]) and not whole else "backup")
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


#: What a placeholder says that stands for a file and not for a folder.
_A_FILE = re.compile(r"文件(?!夹|/)|(?<![a-z])file|新名", re.I)


def _source(setup: Setup, path: str, word: str, folders: bool) -> bool:
    if folders and not is_glob(path) and looks_like_folder(path, word):
        return setup.source(path, "x/")
    if is_glob(path):
        return setup.source(path)
    setup.file(path)
    return False


def ln(line: PlainLine, language: Language) -> Task:
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
