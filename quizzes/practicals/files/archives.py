# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on archives and compressed files."""

from __future__ import annotations

import posixpath
import re

from notes.facts import Language
from quizzes.practicals.lines import PlainLine, quoted
from quizzes.practicals.naming import listed, paths_of, say, whole
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, looks_like_folder, path_of

_PACKED = {"z": ("gzip", ".tar.gz"), "j": ("bzip2", ".tar.bz2"), "J": ("xz", ".tar.xz")}
_TAR_OF_GZIP = re.compile(r"\.(tar\.gz|tgz|tar\.bz2|tbz2?|tar\.xz|txz)$")


def tar(line: PlainLine, language: Language) -> Task:
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


ENDINGS = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz"}
UNPACKERS = {"gunzip": "gzip", "bunzip2": "bzip2", "unxz": "xz"}


def compress(line: PlainLine, language: Language) -> Task:
    packer = UNPACKERS.get(line.tool, line.tool)
    ending, back = ENDINGS[packer], line.has("d") or line.tool in UNPACKERS
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


def zip_up(line: PlainLine, language: Language) -> Task:
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


def unzip_into(line: PlainLine, language: Language) -> Task:
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
