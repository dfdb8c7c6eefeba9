# ruff: noqa: E501 - a sentence stays on its line
"""Tasks from the commands that find files and read or edit texts, and from those that signal processes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from notes.facts import Language
from quizzes.practicals.lines import PlainLine, Rules, is_open, quoted
from quizzes.practicals.naming import Maker, listed, paths_of, say
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, path_of

_LITERAL = re.compile(r"[\w \-,:=@/#\u4e00-\u9fff]+")
#: A text with numbers, repeated lines and words in no order, for commands that sort, count and cut.
_TEXT = ("pear 30", "apple 7", "fig 12", "apple 7", "plum 101", "cherry 5", "fig 12", "fig 12", "grape 44", "lemon 9", "melon 63", "kiwi 18")


def _one(line: PlainLine, instead: str = "notes.txt") -> str:
    paths = paths_of(line, instead)
    if len(paths) != 1 or is_glob(paths[0]):
        raise NotATaskError(f"only one file of {line.tool} can be told in a task")
    return paths[0]


def _made(path: str, *lines: str) -> str:
    setup = Setup()
    setup.file(path, *(lines or _TEXT))
    return setup.text


def _pick(line: PlainLine, rules: str) -> str:
    """Give the one option of those that tell different things.

    :raise NotATaskError: there are several
    """
    given = [letter for letter in rules if line.has(letter)]
    if len(given) > 1:
        raise NotATaskError(f"so many options of {line.tool} cannot be told in a task")
    return given[0] if given else ""


def _number(line: PlainLine, usual: str) -> str:
    value = line.value("n") or usual
    if not re.fullmatch(r"[1-9]\d?", value):
        raise NotATaskError(f"the number {value} cannot be told in a task")
    return value


# --- finding


def _grep(line: PlainLine, language: Language) -> Task:
    if len(line.operands) < 2:
        raise NotATaskError("grep stands without its pattern or without files")
    pattern = line.operands[0]
    pattern = "error" if is_open(pattern) else pattern
    start, end = pattern.startswith("^"), pattern.endswith("$")
    word = pattern.removeprefix("^").removesuffix("$")
    if not word.strip() or not _LITERAL.fullmatch(word):
        raise NotATaskError("a pattern like this cannot be told in a task")
    files = PlainLine("grep", {}, line.operands[1:], ())
    deep, counted = line.has("r", "R"), _pick(line, "clL")
    if counted == "L" or (counted and line.has("n", "o")):
        raise NotATaskError("these options of grep cannot be told together")
    setup = Setup()
    paths = [_seeded(setup, raw, place, word, deep) for place, raw in enumerate(files.operands)]
    if len(set(paths)) != len(paths) or len(paths) > 3:
        raise NotATaskError("the line names one thing twice, or too many")
    letters = "".join(letter for letter in ("r" if deep else "", *"invwo", counted) if letter and (letter == "r" or line.has(letter)))
    where = _where(paths, deep, language)
    text = _grep_told(line, language, word, where, start, end, counted)
    return Task(text, setup.text, f"grep {f'-{letters} ' if letters else ''}{_marked(pattern)} {quoted(*paths)}", "")


def _seeded(setup: Setup, raw: str, place: int, word: str, deep: bool) -> str:
    """Make a file, or a folder for a search below it, with lines that the pattern tells apart."""
    path = "." if deep and raw in (".", "./", "*", "/") else path_of(raw, ("logs" if deep else "app.log") if not place else f"{place}-app.log")
    lines = (f"{word} at the start", f"in the middle {word} stands", f"at the end {word}", "nothing of it", f"{word.upper()} {word.lower()}x", f"x{word}x")
    if deep:
        folder = "" if path == "." else f"{path}/"
        setup.file(f"{folder}one.txt", *lines[:2])
        setup.file(f"{folder}more/two.txt", *lines[2:])
        setup.file(f"{folder}more/three.txt", "nothing of it", "and nothing here")
    elif is_glob(path):
        for stem, part in (("one", lines[:3]), ("two", lines[3:]), ("none", ("nothing of it", "and nothing here"))):
            setup.file(path.replace("*", stem, 1) if "." in path else f"{path.replace('*', stem, 1)}.txt", *part)
    else:
        setup.file(path, *lines)
    return path


def _where(paths: list[str], deep: bool, language: Language) -> str:
    if deep:
        folder = say(language, "当前目录", "the current folder") if paths == ["."] else listed(language, paths)
        return say(language, f"{folder if paths == ['.'] else f' {folder} '}下（包括各级子目录）的所有文件", f"all files below {folder}")
    if any(is_glob(path) for path in paths):
        return say(language, f"名称符合 {listed(language, paths)} 的文件", f"the files that match {listed(language, paths)}")
    return say(language, f"文件 {listed(language, paths)} ", f"{listed(language, paths)}")


def _grep_told(line: PlainLine, language: Language, word: str, where: str, start: bool, end: bool, counted: str) -> str:
    zh = ("以 `{w}` 开头" if start else "以 `{w}` 结尾" if end else "包含 `{w}` ").format(w=word)
    en = ("begin with `{w}`" if start else "end with `{w}`" if end else "contain `{w}`").format(w=word)
    if start and end:
        zh, en = f"恰好是 `{word}` ", f"are exactly `{word}`"
    if line.has("w"):
        zh, en = f"{zh.strip()}（作为完整的单词）", f"{en} as a whole word"
    if line.has("i"):
        zh, en = f"{zh.strip()}（不区分大小写）", f"{en}, whatever the case"
    if line.has("v"):
        zh, en = f"不{zh}", f"do not {en}"
    if counted == "l":
        return say(language, f"在{where}中，列出含有{zh}的行的文件名。", f"Print the names of the files, among {where}, with lines that {en}.")
    if counted == "c":
        return say(language, f"统计{where}中{zh}的行数。", f"Print how many lines of {where} {en}.")
    if line.has("o"):
        return say(language, f"在{where}中，只输出{zh}的行里匹配的部分，每个一行。", f"From the lines of {where} that {en}, print only the matching parts, one a line.")
    numbers = say(language, "，并显示行号", ", with their line numbers") if line.has("n") else ""
    return say(language, f"输出{where}中{zh}的行{numbers}。", f"Print the lines of {where} that {en}{numbers}.")


def _marked(pattern: str) -> str:
    return "'" + pattern.replace("'", "'\\''") + "'" if not re.fullmatch(r"[\w-]+", pattern) else pattern


def _find(line: PlainLine, language: Language) -> Task:
    if len(line.operands) > 1:
        raise NotATaskError("find in several places cannot be told in a task")
    raw = line.operands[0] if line.operands else "."
    path = "." if raw in (".", "./", "/", "~", "/home", "/var/log", "/etc") or is_open(raw) else path_of(raw, "src")
    name, kind = line.value("name", "iname"), line.value("type")
    if is_open(name):
        raise NotATaskError("the name to look for is a placeholder")
    if kind not in ("", "f", "d") or (name and not re.fullmatch(r"[\w.*-]+", name)):
        raise NotATaskError("such a search cannot be told in a task")
    if not (name or kind or line.has("empty")):
        raise NotATaskError("the search has no condition")
    setup = Setup()
    _findable(setup, "" if path == "." else f"{path}/", name or "one.txt", kind)
    what_zh, what_en = {"f": ("文件", "files"), "d": ("目录", "folders"), "": ("文件和目录", "files and folders")}[kind]
    told_zh, told_en = ("空", "empty ") if line.has("empty") else ("", "")
    if name:
        loose = line.has("iname")
        told = f"`{name}`"
        zh_name = f"{'名称符合' if '*' in name else '名为'} {told}{'（不区分大小写）' if loose else ' '}的"
        en_name = f" whose names match {told}" if "*" in name else f" named {told}"
        en_name += ", whatever the case" if loose else ""
    else:
        zh_name = en_name = ""
    depth_zh = depth_en = ""
    options = []
    if line.has("depth"):
        if line.value("depth") != "1":
            raise NotATaskError("the depth of a search cannot be told in a task")
        options.append("-maxdepth 1")
    below_zh = "当前目录" if path == "." else f" `{path}` "
    below_en = "the current folder" if path == "." else f"`{path}`"
    depth_zh = "（只看这一层）" if line.has("depth") else "下（包括各级子目录）"
    depth_en = f"directly in {below_en}" if line.has("depth") else f"below {below_en}"
    options += [f"-{'iname' if line.has('iname') else 'name'} '{name}'"] if name else []
    options += [f"-type {kind}"] if kind else []
    options += ["-empty"] if line.has("empty") else []
    act_zh, act_en = ("输出", "Print the paths of") if not line.has("delete") else ("删除", "Remove")
    if line.has("delete"):
        if kind != "f":
            raise NotATaskError("a task that deletes folders as it finds them would teach a dangerous habit")
        options.append("-delete")
    tail = "" if line.has("delete") else "的路径"
    text = say(
        language,
        f"{act_zh}{below_zh}{depth_zh}所有{zh_name}{told_zh}{what_zh}{tail}。".replace("所有的", "所有"),
        f"{act_en} all {told_en}{what_en} {depth_en}{en_name}.",
    )
    return Task(text, setup.text, " ".join(["find", quoted(path), *options]), "")


def _findable(setup: Setup, folder: str, name: str, kind: str) -> None:
    """Make files and folders of which the search finds some."""
    one = name.replace("*", "one") if "*" in name else name
    two = name.replace("*", "two") if "*" in name else name
    if kind == "d":
        setup.file(f"{folder}{one}/keep.md")
        setup.file(f"{folder}more/{two}/keep.md")
        setup.run(f"touch {quoted(f'{folder}none')}")
        return
    setup.file(f"{folder}{one}")
    setup.file(f"{folder}more/{two}")
    setup.file(f"{folder}more/{one.upper() if one.upper() != one else f'{one}-x'}")
    setup.file(f"{folder}more/other.md")
    setup.folder(f"{folder}more/hollow")
    setup.run(f"touch {quoted(f'{folder}more/zero-{one}', f'{folder}more/hollow/{two}')}")


# --- reading texts


def _wc(line: PlainLine, language: Language) -> Task:
    path, letter = _one(line), _pick(line, "lwcm")
    if not letter:
        raise NotATaskError("wc without an option tells three numbers at once")
    zh, en = {"l": ("行数", "how many lines"), "w": ("单词数", "how many words"), "c": ("字节数", "how many bytes"), "m": ("字符数", "how many characters")}[letter]
    return Task(say(language, f"统计文件 `{path}` 的{zh}。", f"Print {en} `{path}` has."), _made(path), f"wc -{letter} {quoted(path)}", "")


def _head(line: PlainLine, language: Language) -> Task:
    path, count = _one(line), _number(line, "10")
    if line.tool == "head":
        text = say(language, f"输出文件 `{path}` 的前 {count} 行。", f"Print the first {count} lines of `{path}`.")
    else:
        text = say(language, f"输出文件 `{path}` 的最后 {count} 行。", f"Print the last {count} lines of `{path}`.")
    many = max(12, int(count) + 3)
    lines = [f"{word} {number}" for number, word in zip(range(1, many + 1), [line.split()[0] for line in _TEXT] * 10, strict=False)]
    return Task(text, _made(path, *lines), f"{line.tool} -n {count} {quoted(path)}", "")


def _sort(line: PlainLine, language: Language) -> Task:
    path, key = _one(line), line.value("k")
    if line.has("t") or (key and key not in ("1", "2", "2n")):
        raise NotATaskError("such a sort key cannot be told in a task")
    numbers = line.has("n") or key == "2n"
    lines = _TEXT if key or not numbers else [row.split()[1] for row in _TEXT]
    zh = ("按第 2 列" if key.startswith("2") else "") + ("按数值" if numbers else "按字母顺序") + ("从大到小" if line.has("r") else "从小到大" if numbers else "")
    en = ("by the number in the second column" if key.startswith("2") else "by number") if numbers else ("by the second column" if key.startswith("2") else "by the alphabet")
    en += (", largest first" if numbers else ", in reverse") if line.has("r") else ""
    zh = zh.replace("字母顺序从大到小", "字母顺序倒序")
    unique_zh, unique_en = ("，重复的行只输出一次", ", each line only once") if line.has("u") else ("", "")
    letters = "".join(letter for letter in "nru" if line.has(letter))
    options = " ".join(part for part in (f"-{letters}" if letters else "", f"-k {key}" if key else "") if part)
    text = say(language, f"把文件 `{path}` 的各行{zh}排序后输出{unique_zh}（文件本身不变）。", f"Print the lines of `{path}` sorted {en}{unique_en}; the file itself stays as it is.")
    return Task(text, _made(path, *lines), " ".join(part for part in ("sort", options, quoted(path)) if part), "")


def _uniq(line: PlainLine, language: Language) -> Task:
    path, letter = _one(line), _pick(line, "cdu")
    zh, en = {
        "": ("去掉相邻的重复行", "without lines that repeat the one before"),
        "c": ("去掉相邻的重复行，并在每行前面显示重复的次数", "without lines that repeat the one before, each behind the number of its repetitions"),
        "d": ("只输出相邻重复的行，每种一次", "but only those that are repeated right behind, once each"),
        "u": ("只输出没有相邻重复的行", "but only those that are not repeated right behind"),
    }[letter]
    return Task(say(language, f"输出文件 `{path}` 的内容，{zh}。", f"Print the lines of `{path}`, {en}."), _made(path, *sorted(_TEXT)), f"uniq {f'-{letter} ' if letter else ''}{quoted(path)}", "")


def _cut(line: PlainLine, language: Language) -> Task:
    path, mark, field_ = _one(line, "users.csv"), line.value("d"), line.value("f")
    if not re.fullmatch(r"[1-3]", field_) or mark not in (":", ",", ";", " ", "|"):
        raise NotATaskError("such a cut cannot be told in a task")
    rows = ("ann", "31", "rome", "x"), ("bob", "27", "oslo", "y"), ("cid", "45", "lima", "z")
    text = say(language, f"文件 `{path}` 的各列以 `{mark}` 分隔，输出每行的第 {field_} 列。".replace("` `", "空格"), f"The columns of `{path}` are divided by `{mark}`: print column {field_} of every line.".replace("` `", "a blank"))
    return Task(text, _made(path, *(mark.join(row) for row in rows)), f"cut -d '{mark}' -f {field_} {quoted(path)}", "")


_SUBSTITUTE = re.compile(r"s([/|#,])((?:(?!\1).)+)\1((?:(?!\1).)*)\1(g?)")
_LINES = re.compile(r"(\d)(?:,(\d))?([pd])")


def _sed(line: PlainLine, language: Language) -> Task:
    script = line.operands[0] if line.operands else ""
    path = _one(PlainLine("sed", {}, line.operands[1:], ()))
    found, chosen = _SUBSTITUTE.fullmatch(script), _LINES.fullmatch(script)
    if found and not line.has("n"):
        old, new, all_ = found.group(2), found.group(3), found.group(4)
        if not _LITERAL.fullmatch(old) or not re.fullmatch(r"[\w \-,:.=@]*", new) or is_open(old) or old == new:
            raise NotATaskError("such a replacement cannot be told in a task")
        lines = (f"{old} and {old} again", "nothing of it", f"the {old}")
        zh = ("所有的" if all_ else "每行第一个") + f" `{old}` " + (f"替换为 `{new}`" if new else "删去")
        en = ("every" if all_ else "the first") + f" `{old}`" + ("" if all_ else " of each line") + (f" by `{new}`" if new else "")
        verb = "Replace" if new else "Delete"
        if line.has("i"):
            text = say(language, f"直接修改文件 `{path}`：把{zh}。", f"Change the file `{path}` itself: {verb.lower()} {en}.")
        else:
            text = say(language, f"输出文件 `{path}` 的内容，其中{zh}，文件本身不变。", f"Print `{path}`; {verb.lower()} {en} in what you print and leave the file as it is.")
        return Task(text, _made(path, *lines), f"sed {'-i ' if line.has('i') else ''}'{script}' {quoted(path)}", "")
    if chosen and line.has("n") == (chosen.group(3) == "p") and not (chosen.group(2) and chosen.group(2) <= chosen.group(1)):
        first, last, act = chosen.groups()
        zh = f"第 {first} 行" if not last else f"第 {first} 到第 {last} 行"
        en = f"line {first}" if not last else f"lines {first} to {last}"
        if act == "p":
            text = say(language, f"只输出文件 `{path}` 的{zh}。", f"Print only {en} of `{path}`.")
        elif line.has("i"):
            text = say(language, f"直接从文件 `{path}` 中删除{zh}。", f"Delete {en} from the file `{path}` itself.")
        else:
            text = say(language, f"输出文件 `{path}` 的内容，但不要{zh}，文件本身不变。", f"Print `{path}` without {en}, leaving the file as it is.")
        letter = "n" if act == "p" else "i" if line.has("i") else ""
        return Task(text, _made(path), f"sed {f'-{letter} ' if letter else ''}'{script}' {quoted(path)}", "")
    raise NotATaskError("such an edit cannot be told in a task")


def _awk(line: PlainLine, language: Language) -> Task:
    script = line.operands[0] if line.operands else ""
    found = re.fullmatch(r"\{\s*print\s+\$([1-3])\s*;?\s*\}", script)
    mark = line.value("F") or " "
    if not found or mark not in (" ", ":", ",", ";"):
        raise NotATaskError("such a program cannot be told in a task")
    path = _one(PlainLine("awk", {}, line.operands[1:], ()), "users.txt")
    rows = ("ann", "31", "rome"), ("bob", "27", "oslo"), ("cid", "45", "lima")
    how = say(language, "空格" if mark == " " else f" `{mark}` ", "blanks" if mark == " " else f"`{mark}`")
    text = say(language, f"文件 `{path}` 的各列以{how}分隔，输出每行的第 {found.group(1)} 列。", f"The columns of `{path}` are divided by {how}: print column {found.group(1)} of every line.")
    option = "" if mark == " " else f"-F '{mark}' "
    return Task(text, _made(path, *(mark.join(row) for row in rows)), f"awk {option}'{{print ${found.group(1)}}}' {quoted(path)}", "")


def _tac(line: PlainLine, language: Language) -> Task:
    path = _one(line)
    return Task(say(language, f"从最后一行到第一行，倒序输出文件 `{path}` 的内容。", f"Print the lines of `{path}` from the last to the first."), _made(path), f"tac {quoted(path)}", "")


# --- processes


_SIGNALS = {"1": "HUP", "2": "INT", "9": "KILL", "10": "USR1", "12": "USR2", "15": "TERM", "18": "CONT", "19": "STOP"}
#: Writes the name of each signal it gets into a file, and ends at those that ask it to.
_SERVER = """\
cat > server <<'END'
#!/usr/bin/python3 -I
import os, signal, sys
def note(number, frame):
    print(signal.Signals(number).name, file=open("server.log", "a"))
    if number in {ends}:
        sys.exit()
for number in (1, 2, 10, 12, 15):
    signal.signal(number, note)
print(os.getpid(), file=open("server.pid", "w"))
while True:
    signal.pause()
END
chmod +x server
setsid ./server > /dev/null 2>&1 < /dev/null &
until [ -s server.pid ]; do sleep 0.02; done"""


def _kill(line: PlainLine, language: Language) -> Task:
    if line.has("l", "L") or not line.operands:
        raise NotATaskError(f"{line.tool} without a process leaves nothing to compare")
    if len(line.operands) != 1:
        raise NotATaskError("several processes cannot be told in a task")
    word = line.operands[0]
    by_name = line.tool != "kill"
    if not by_name and not (is_open(word) or re.fullmatch(r"%?\d+|%\+|\$!", word)):
        raise NotATaskError("the line does not name a process")
    signal = _signal(line)
    where = say(language, "名为 `server` 的进程正在运行" + ("" if by_name else "，它的进程号写在 `server.pid` 里"), "The process `server` runs" + ("" if by_name else "; its number is in `server.pid`"))
    stubborn = "(2, 15)" if signal != "KILL" else "()"
    setup = _SERVER.replace("{ends}", stubborn)
    zh, en = {
        "TERM": ("用默认的 SIGTERM 信号请它结束", "Ask it to end, by the usual signal SIGTERM"),
        "KILL": ("它不理会 SIGTERM。立即强制终止它", "It does not listen to SIGTERM. End it by force"),
        "STOP": ("让它暂停，以后还能继续", "Stop it so that it can go on later"),
        "CONT": ("它已被暂停。让它继续运行", "It is stopped. Let it go on"),
    }.get(signal, (f"向它发送 SIG{signal} 信号", f"Send it the signal SIG{signal}"))
    if signal == "CONT":
        setup += "\nkill -STOP $(cat server.pid)"
    target = "server" if by_name else "$(cat server.pid)"
    option = "" if signal == "TERM" else f"-{signal} "
    return Task(say(language, f"{where}。{zh}。", f"{where}. {en}."), setup, f"{line.tool} {option}{target}", "")


def _signal(line: PlainLine) -> str:
    given = line.value("s", "n") or next((name.removeprefix("#") for name in line.options if name.startswith("#")), "TERM")
    name = _SIGNALS.get(given, given.upper().removeprefix("SIG"))
    if name not in _SIGNALS.values():
        raise NotATaskError(f"the signal {given} cannot be told in a task")
    return name


_NAMES = {name: f"#{name}" for signal in _SIGNALS.values() for name in (signal, f"SIG{signal}")}
_NUMBERS = {number: f"#{number}" for number in _SIGNALS}
_KILLING = Rules("lL", "sn", {"signal": "s", "list": "l", "table": "L", **_NAMES, **_NUMBERS}, ignored=frozenset("ef"))
#: Every tool that such tasks are made of: how its options are read, and the maker.
TEXTWORK: Mapping[str, tuple[Rules, Maker]] = {
    "grep": (Rules("inclvwoLrR", "", {"ignore-case": "i", "line-number": "n", "count": "c", "files-with-matches": "l", "invert-match": "v", "word-regexp": "w", "recursive": "r", "color": "s", "colour": "s"}, ignored=frozenset("Es")), _grep),
    "find": (Rules("", "", {"name": "name", "iname": "iname", "type": "type", "empty": "empty", "maxdepth": "depth", "delete": "delete", "print": "print"}, frozenset({"name", "iname", "type", "depth"}), frozenset({"print"})), _find),
    "wc": (Rules("lwcm", "", {"lines": "l", "words": "w", "bytes": "c", "chars": "m"}), _wc),
    "head": (Rules("", "n", {"lines": "n"}), _head),
    "tail": (Rules("", "n", {"lines": "n"}), _head),
    "sort": (Rules("nru", "kt", {"numeric-sort": "n", "reverse": "r", "unique": "u", "key": "k"}), _sort),
    "uniq": (Rules("cdu", "", {"count": "c", "repeated": "d", "unique": "u"}), _uniq),
    "cut": (Rules("", "df", {"delimiter": "d", "fields": "f"}), _cut),
    "sed": (Rules("ni", "", {"quiet": "n", "in-place": "i"}), _sed),
    "awk": (Rules("", "F", {}), _awk),
    "tac": (Rules(), _tac),
    "kill": (_KILLING, _kill),
    "pkill": (_KILLING, _kill),
    "killall": (_KILLING, _kill),
}
