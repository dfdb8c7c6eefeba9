# ruff: noqa: E501 - a sentence stays on its line
"""Tasks from git's commands: each starts from a repository that leaves the goal undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from notes.facts import Language
from quizzes.practicals.filework import listed, paths_of, say
from quizzes.practicals.lines import PlainLine, Rules, is_open, quoted, read_words
from quizzes.practicals.parts import NotATaskError, Task
from quizzes.practicals.places import Setup, is_glob, looks_like_folder, path_of

_WORD = re.compile(r"[A-Za-z0-9][\w./-]{0,40}")
_NEEDS_A_COMMIT = "the commit is named by what only the note's own repository has"
#: A repository with two commits.
_START = """\
git init -q
echo 'first line' > intro.txt
git add . && git commit -qm 'Add an intro'
echo 'second line' >> intro.txt
git commit -qam 'Extend the intro'"""


def git_task(words: Sequence[str], language: Language) -> Task:
    """Make a task of what stands behind `git`.

    :raise NotATaskError: it cannot become one; the message says why
    """
    if not words or words[0].startswith("-"):
        raise NotATaskError("git without a command leaves nothing to compare")
    name, rest = words[0], list(words[1:])
    if name in ("remote", "stash") and rest and re.fullmatch(r"[a-z-]+", rest[0]) and not rest[0].startswith("-"):
        name, rest = f"{name} {rest[0]}", rest[1:]
    if name not in GITWORK:
        raise NotATaskError(f"no task is made of git {name}")
    rules, make = GITWORK[name]
    return make(read_words(f"git {name}", rest, rules), language)


def _name(word: str, instead: str) -> str:
    """Give a branch's, tag's or remote's name; a slot becomes a plain one."""
    if is_open(word):
        return instead
    if not _WORD.fullmatch(word) or ".." in word or re.fullmatch(r"(?=.*\d)[0-9a-f]{6,40}", word):
        raise NotATaskError(f"{word} is no name that can be made for a task")
    return word


def _message(word: str) -> str:
    if is_open(word) or len(word) > 60 or not word.strip():
        return "Update the notes"
    if re.search(r"[\"'`\\$!]", word):
        raise NotATaskError("such a message cannot be told in a task")
    return word


def _back(word: str) -> str:
    """Give a commit counted back from HEAD; a slot is the one before the last."""
    if is_open(word) or word in ("HEAD^", "HEAD~", "HEAD~1", "commit"):
        return "HEAD~1"
    if re.fullmatch(r"HEAD~2|HEAD\^\^", word):
        raise NotATaskError("so many commits back cannot be told in a task")
    if word in ("HEAD", "@"):
        return "HEAD"
    raise NotATaskError(_NEEDS_A_COMMIT)


def _none(line: PlainLine) -> None:
    if line.operands:
        raise NotATaskError(f"{line.tool} with these operands cannot be told in a task")


def _one(line: PlainLine, instead: str) -> str:
    if len(line.operands) != 1:
        raise NotATaskError(f"{line.tool} with these operands cannot be told in a task")
    return _name(line.operands[0], instead)


def _start(*lines: str) -> str:
    return "\n".join((_START, *lines))


def _branch_with_commit(name: str) -> str:
    return (
        f"git checkout -q -b {name}\necho 'new text' > topic.txt\ngit add . && git commit -qm 'Add a topic'\ngit checkout -q main"
    )


# --- starting


def _init(line: PlainLine, language: Language) -> Task:
    bare = line.has("bare")
    kind_zh, kind_en = ("裸仓库（没有工作区）", "bare git repository") if bare else (" git 仓库", "git repository")
    if not line.operands:
        if bare:
            raise NotATaskError("a bare repository in the work folder itself would be unusual")
        return Task(say(language, "把当前目录初始化为 git 仓库。", "Make the current folder a git repository."), "echo hello > intro.txt", "git init", "")
    path = path_of(line.operands[0], "project")
    option = "--bare " if bare else ""
    return Task(say(language, f"在新目录 `{path}` 中初始化一个{kind_zh}。", f"Make a {kind_en} in the new folder `{path}`."), "", f"git init {option}{quoted(path)}", "")


_VALUES = {"user.name": "Ann Lee", "user.email": "ann@example.com"}


def _config(line: PlainLine, language: Language) -> Task:
    if line.has("list", "get", "edit", "system") or len(line.operands) != 2:
        raise NotATaskError("reading settings leaves nothing to compare")
    key, value = line.operands
    value = _VALUES.get(key, value) if is_open(value) else value
    if not re.fullmatch(r"[a-zA-Z]+(\.[\w-]+)+", key) or is_open(value) or not re.fullmatch(r"[\w@. /:=+-]+", value):
        raise NotATaskError("such a setting cannot be told in a task")
    everywhere = line.has("global")
    where = say(language, "为当前用户（所有仓库）" if everywhere else "只为当前仓库", "for the user, in all repositories" if everywhere else "for this repository only")
    text = say(language, f"{where}把 git 的配置项 `{key}` 设为 `{value}`。", f"Set git's `{key}` to `{value}` {where}.")
    return Task(text, _START, f"git config {'--global ' if everywhere else ''}{key} {quoted(value)}", "")


def _clone(line: PlainLine, language: Language) -> Task:
    if not 1 <= len(line.operands) <= 2:
        raise NotATaskError("the line does not name what to clone")
    folder = path_of(line.operands[1], "project") if len(line.operands) == 2 else ""
    bare = line.has("bare")
    setup = "git init -q source && cd source\necho hello > intro.txt\ngit add . && git commit -qm 'Add an intro'\ncd ..\ngit clone -q --bare source server.git && rm -rf source"
    target = say(language, f"到目录 `{folder}`" if folder else "（目录名用默认的）", f" into the folder `{folder}`" if folder else ", with the usual name of the folder")
    text = say(language, f"{'以裸仓库的形式' if bare else ''}克隆仓库 `server.git` {target}。".replace(" （", "（"), f"Clone the repository `server.git`{target}{', as a bare repository' if bare else ''}.")
    if bare and not folder:
        raise NotATaskError("a bare clone needs another name here")
    return Task(text, setup, f"git clone {'--bare ' if bare else ''}server.git {folder}".rstrip(), "")


# --- the index and commits


def _add(line: PlainLine, language: Language) -> Task:
    changed = "echo 'third line' >> intro.txt\necho todo > todo.txt\nmkdir -p docs && echo text > docs/guide.md"
    if line.has("A") or line.operands in ((".",), ("*",)):
        if line.operands == ("*",):
            raise NotATaskError("a glob leaves out what begins with a dot")
        text = say(language, "把所有改动（包括新文件）加入暂存区，不要提交。", "Stage all changes, new files too; do not commit.")
        return Task(text, _start(changed), "git add -A" if line.has("A") else "git add .", "")
    if line.has("u"):
        _none(line)
        text = say(language, "把已跟踪文件的改动加入暂存区，新文件不要加入，不要提交。", "Stage the changes of tracked files, but no new file; do not commit.")
        return Task(text, _start(changed), "git add -u", "")
    paths, setup = paths_of(line, "notes.txt"), Setup()
    for path, word in zip(paths, line.operands, strict=True):
        setup.source(path, word if not is_open(word) else "")
    setup.file("other.txt")
    text = say(language, f"只把 {listed(language, paths)} 加入暂存区，不要提交。", f"Stage {listed(language, paths)} and nothing else; do not commit.")
    return Task(text, _start(setup.text), f"git add {quoted(*paths)}", "")


def _commit(line: PlainLine, language: Language) -> Task:
    every, amend = line.has("a"), line.has("amend")
    message = _message(line.value("m")) if line.has("m") else ""
    if not message and not (amend and line.has("no-edit")):
        raise NotATaskError("the line opens an editor for the message")
    if line.operands or (amend and every and not line.has("m", "no-edit")):
        raise NotATaskError("such a commit cannot be told in a task")
    author = line.value("author")
    if author and not re.fullmatch(r"[\w .-]+ <[\w.@-]+>", author):
        raise NotATaskError("such an author cannot be told in a task")
    options = "".join(f" {option}" for option in ("-a" if every else "", "--amend" if amend else "", "--no-edit" if amend and not message else "") if option)
    options += (f" --author='{author}'" if author else "") + (f" -m '{message}'" if message else "")
    setup = _start("echo 'third line' >> intro.txt" if every else "echo todo > todo.txt\ngit add todo.txt\necho draft > draft.txt")
    what = say(language, "已跟踪文件的改动（还没有暂存）" if every else "暂存区的内容", "the changes of tracked files, which are not staged yet," if every else "what is staged")
    if amend:
        text = say(language, f"把{what}并入最近一次提交（不新增提交）", f"Add {what} to the last commit, without making a new one")
        text += say(language, f"，提交说明改为 `{message}`" if message else "，提交说明不变", f", and change its message to `{message}`" if message else ", and keep its message")
    else:
        text = say(language, f"提交{what}，提交说明为 `{message}`", f"Commit {what} with the message `{message}`")
    if author:
        text += say(language, f"，作者为 `{author}`", f", by the author `{author}`")
    return Task(text + say(language, "。", "."), setup, f"git commit{options}", "")


def _mv(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("git mv stands without its target")
    old, new = path_of(line.operands[0], "notes.txt"), path_of(line.operands[1], "guide.txt")
    if old == new or is_glob(old) or looks_like_folder(new, line.operands[1]):
        raise NotATaskError("such a move cannot be told in a task")
    setup = Setup()
    setup.file(old)
    text = say(language, f"把已跟踪的文件 `{old}` 改名为 `{new}`，并让 git 暂存这次改名，不要提交。", f"Rename the tracked file `{old}` to `{new}` so that git has it staged; do not commit.")
    return Task(text, _start(setup.text, "git add . && git commit -qm 'Add a file'"), f"git mv {quoted(old, new)}", "")


def _rm(line: PlainLine, language: Language) -> Task:
    if line.operands in ((".",), ("*",)):
        raise NotATaskError("a task that deletes everything would teach a dangerous habit")
    paths, setup, cached = paths_of(line, "old.txt"), Setup(), line.has("cached")
    folder = [setup.source(path, word) if line.has("r") or is_glob(path) else _file(setup, path) for path, word in zip(paths, line.operands, strict=True)]
    setup.run("git add . && git commit -qm 'Add files'")
    names = listed(language, paths)
    text = say(language, f"让 git 不再跟踪 {names}，但保留磁盘上的文件，不要提交。", f"Let git no longer track {names}, but keep what is on the disk; do not commit.") if cached else say(language, f"从工作区和暂存区删除已跟踪的 {names}，不要提交。", f"Delete the tracked {names} from the work tree and the index; do not commit.")
    options = ("-r " if any(folder) else "") + ("--cached " if cached else "")
    return Task(text, _start(setup.text), f"git rm {options}{quoted(*paths)}", "")


def _file(setup: Setup, path: str) -> bool:
    setup.file(path)
    return False


_DIRTY = "echo 'third line' >> intro.txt"
_DIRTY_TWO = "echo text > notes.txt && git add . && git commit -qm 'Add notes'\necho more >> intro.txt\necho more >> notes.txt"


def _restore(line: PlainLine, language: Language) -> Task:
    if line.has("source") or not line.operands:
        raise NotATaskError("such a restoring cannot be told in a task")
    if line.operands == (".",):
        return _dropped(line.has("S"), language)
    return _file_back(path_of(line.operands[0], "notes.txt") if len(line.operands) == 1 else "", line.has("S"), language)


def _file_back(path: str, staged: bool, language: Language, way: str = "git restore") -> Task:
    if not path or is_glob(path):
        raise NotATaskError("only one file can be told in a task")
    setup = Setup()
    setup.file(path)
    setup.run("git add . && git commit -qm 'Add a file'")
    setup.run(f"echo more >> {quoted(path)}\necho more >> intro.txt")
    if staged:
        setup.run("git add .")
        text = say(language, f"把 `{path}` 移出暂存区，保留工作区里的改动；其他已暂存的改动不动。", f"Take `{path}` out of the index and keep its changes in the work tree; leave what else is staged.")
        return Task(text, _start(setup.text), f"{way} --staged {quoted(path)}" if way == "git restore" else f"git reset -q -- {quoted(path)}", "")
    text = say(language, f"丢弃工作区中 `{path}` 尚未暂存的改动，其他文件的改动保留。", f"Discard the changes of `{path}` in the work tree, which are not staged; keep those of other files.")
    return Task(text, _start(setup.text), f"{way} {'-- ' if way != 'git restore' else ''}{quoted(path)}", "")


def _dropped(staged: bool, language: Language) -> Task:
    if staged:
        text = say(language, "把所有已暂存的改动移出暂存区，保留工作区里的改动。", "Take everything out of the index and keep the changes in the work tree.")
        return Task(text, _start(_DIRTY_TWO, "git add ."), "git restore --staged .", "")
    text = say(language, "丢弃工作区中所有文件尚未暂存的改动。", "Discard all changes in the work tree that are not staged.")
    return Task(text, _start(_DIRTY_TWO), "git restore .", "")


def _reset(line: PlainLine, language: Language) -> Task:
    mode = next((name for name in ("soft", "mixed", "hard", "keep") if line.has(name)), "mixed")
    words = list(line.operands)
    if words and words[0] == "HEAD" and len(words) == 2:
        return _file_back(path_of(words[1], "notes.txt"), True, language, "git reset")
    if len(words) > 1:
        raise NotATaskError("such a reset cannot be told in a task")
    commit = _back(words[0]) if words else "HEAD"
    if commit == "HEAD":
        if mode == "hard":
            text = say(language, "丢弃暂存区和工作区的所有改动，回到最近一次提交的状态。", "Discard all changes, staged or not: go back to the last commit.")
            return Task(text, _start(_DIRTY_TWO, "git add notes.txt"), "git reset --hard HEAD", "")
        if mode != "mixed":
            raise NotATaskError("a reset to the last commit itself changes nothing")
        text = say(language, "把所有已暂存的改动移出暂存区，保留工作区里的改动。", "Take everything out of the index and keep the changes in the work tree.")
        return Task(text, _start(_DIRTY_TWO, "git add ."), "git reset", "")
    kept_zh, kept_en = {
        "soft": ("它的改动保留在暂存区", "keep its changes staged"),
        "mixed": ("它的改动保留在工作区但不暂存", "keep its changes in the work tree, not staged"),
        "hard": ("它的改动也一并丢弃", "discard its changes, too"),
        "keep": ("它的改动一并丢弃，但保留未提交的 `todo.txt` 的改动", "discard its changes, but keep those of `todo.txt`, which are not committed"),
    }[mode]
    setup = _start("echo 'third line' >> intro.txt && git commit -qam 'Third line'")
    if mode == "keep":
        setup = _start("echo a > todo.txt && git add . && git commit -qm 'Add a list'", "echo 'third line' >> intro.txt && git commit -qam 'Third line'", "echo b >> todo.txt")
    text = say(language, f"撤销当前分支上的最近一次提交（让分支回到前一个提交），{kept_zh}。", f"Undo the last commit of the current branch: move the branch to the commit before; {kept_en}.")
    return Task(text, setup, f"git reset {f'--{mode} ' if mode != 'mixed' else ''}HEAD~1", "")


def _revert(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 1:
        raise NotATaskError("such a revert cannot be told in a task")
    if not is_open(line.operands[0]) and line.operands[0] not in ("HEAD", "commit"):
        raise NotATaskError(_NEEDS_A_COMMIT)
    text = say(language, "新增一个提交，撤销最近一次提交的改动（提交说明用 git 提供的默认说明）。", "Make a new commit that undoes the changes of the last one, with the message that git proposes.")
    return Task(text, _START, "git revert --no-edit HEAD", "")


def _clean(line: PlainLine, language: Language) -> Task:
    _none(line)
    if not line.has("f") or line.has("n", "i", "x", "X"):
        raise NotATaskError("such a cleaning cannot be told in a task")
    deep = line.has("d")
    text = say(language, "删除工作区中所有未跟踪的文件" + ("和目录" if deep else "（未跟踪的目录保留）") + "。", "Remove all untracked files" + (" and folders" if deep else ", but keep untracked folders") + " of the work tree.")
    return Task(text, _start("echo a > scratch.txt && mkdir tmp && echo b > tmp/more.txt", _DIRTY), f"git clean -f{'d' if deep else ''}", "")


# --- branches


def _branch(line: PlainLine, language: Language) -> Task:
    if line.has("d", "D"):
        return _branch_gone(line, language)
    if line.has("m", "M"):
        names = [_name(word, "new-name") for word in line.operands]
        if len(names) == 1:
            text = say(language, f"把当前分支改名为 `{names[0]}`。", f"Rename the current branch to `{names[0]}`.")
            setup = _START if names[0] != "main" else _start("git branch -m master")
            return Task(text, setup, f"git branch -m {names[0]}", "")
        raise NotATaskError("such a renaming cannot be told in a task") if len(names) != 2 else NotATaskError("the old branch may be the current one or not")
    if line.has("a", "r", "v", "merged", "no-merged", "track", "u", "list"):
        raise NotATaskError("such a line of git branch cannot be told in a task")
    if not line.operands:
        text = say(language, "列出所有本地分支的名称。", "List the names of all local branches.")
        return Task(text, _start("git branch topic && git branch fix"), "git branch", "")
    name = _one(line, "topic")
    _other_than_main(name)
    text = say(language, f"创建分支 `{name}`，但不要切换过去。", f"Make the branch `{name}`, but do not switch to it.")
    return Task(text, _START, f"git branch {name}", "")


def _other_than_main(name: str) -> None:
    if name in ("main", "HEAD"):
        raise NotATaskError("the start has that branch already")


def _branch_gone(line: PlainLine, language: Language) -> Task:
    name = _one(line, "topic")
    _other_than_main(name)
    if line.has("D"):
        text = say(language, f"强制删除本地分支 `{name}`，它还没有合并。", f"Delete the local branch `{name}` by force: it is not merged yet.")
        return Task(text, _start(_branch_with_commit(name)), f"git branch -D {name}", "")
    text = say(language, f"删除已经合并的本地分支 `{name}`。", f"Delete the local branch `{name}`, which is merged already.")
    return Task(text, _start(f"git branch {name}", "git branch keep"), f"git branch -d {name}", "")


def _switch(line: PlainLine, language: Language) -> Task:
    verb = line.tool
    made = line.value("b", "c", "B", "C")
    if line.has("b", "c", "B", "C"):
        name = _name(made, "topic")
        _other_than_main(name)
        option = "-b" if verb == "git checkout" else "-c"
        if not line.operands:
            return Task(say(language, f"创建分支 `{name}` 并切换过去。", f"Make the branch `{name}` and switch to it."), _START, f"{verb} {option} {name}", "")
        if len(line.operands) != 1:
            raise NotATaskError("such a switch cannot be told in a task")
        word = line.operands[0]
        if re.search(r"commit|hash|提交|哈希|HEAD", word, re.I):
            text = say(language, f"从当前分支的前一个提交（最近一次提交的父提交）创建分支 `{name}` 并切换过去。", f"Make the branch `{name}` at the commit before the last one and switch to it.")
            return Task(text, _START, f"{verb} {option} {name} HEAD~1", "")
        base = _name(word, "develop")
        if base == name or "/" in base:
            raise NotATaskError("such a start of a branch cannot be told in a task")
        setup = _START if base == "main" else _start(_branch_with_commit(base))
        return Task(say(language, f"从分支 `{base}` 创建分支 `{name}` 并切换过去。", f"Make the branch `{name}` from the branch `{base}` and switch to it."), setup, f"{verb} {option} {name} {base}", "")
    if line.operands == ("-",):
        text = say(language, "切换回上一个所在的分支。", "Switch back to the branch you were on before.")
        return Task(text, _start("git branch one && git branch topic", "git checkout -q topic", "git checkout -q main"), f"{verb} -", "")
    if len(line.operands) == 2 and verb == "git checkout":
        return _taken(line.operands, language)
    name = line.operands[0] if len(line.operands) == 1 else ""
    if verb == "git checkout" and ("." in name or (is_open(name) and re.search(r"file|path|文件|路径", name, re.I))):
        if name == ".":
            return _dropped(False, language)
        return _file_back(path_of(name, "notes.txt"), False, language, "git checkout")
    name = _one(line, "topic")
    if re.search(r"commit|hash|提交|哈希|tag|标签", line.operands[0], re.I) and is_open(line.operands[0]):
        raise NotATaskError(_NEEDS_A_COMMIT)
    back = name in ("main", "HEAD")
    if name == "HEAD":
        raise NotATaskError("that changes nothing")
    setup = _start("git checkout -q -b topic") if back else _start(f"git branch {name}")
    return Task(say(language, f"切换到已有的分支 `{name}`。", f"Switch to the branch `{name}`, which exists."), setup, f"{verb} {name}", "")


def _taken(words: Sequence[str], language: Language) -> Task:
    """`git checkout HEAD FILE` and `git checkout BRANCH -- FILE`."""
    path = path_of(words[1], "notes.txt")
    if words[0] == "HEAD":
        setup = Setup()
        setup.file(path)
        setup.run(f"git add . && git commit -qm 'Add a file'\necho more >> {quoted(path)} && git add .\necho again >> {quoted(path)}\necho more >> intro.txt")
        text = say(language, f"丢弃 `{path}` 的所有改动（已暂存的和未暂存的），恢复为最近一次提交的内容；其他文件的改动保留。", f"Discard all changes of `{path}`, staged or not: bring back what the last commit has; keep the changes of other files.")
        return Task(text, _start(setup.text), f"git checkout HEAD {quoted(path)}", "")
    branch = _name(words[0], "topic")
    if branch == "main" or is_glob(path):
        raise NotATaskError("such a checkout cannot be told in a task")
    setup = Setup()
    setup.file(path)
    setup.run(f"git add . && git commit -qm 'Add a file'\ngit checkout -q -b {branch}\necho 'of the branch' > {quoted(path)}\necho more >> intro.txt\ngit commit -qam 'Change both'\ngit checkout -q main")
    text = say(language, f"不切换分支，只把文件 `{path}` 换成分支 `{branch}` 上的版本（包括暂存区）。", f"Without switching branches, take only the file `{path}` from the branch `{branch}`, into the index too.")
    return Task(text, _start(setup.text), f"git checkout {branch} -- {quoted(path)}", "")


def _merge(line: PlainLine, language: Language) -> Task:
    name = _one(line, "topic")
    _other_than_main(name)
    if "/" in name and name.startswith("origin"):
        raise NotATaskError("a remote branch needs a remote made for it")
    if line.has("no-ff"):
        text = say(language, f"把分支 `{name}` 合并到当前分支；即使可以快进也要生成合并提交（用默认说明）。", f"Merge the branch `{name}` into the current one with a merge commit, although it could be fast-forwarded; keep the message that git proposes.")
        return Task(text, _start(_branch_with_commit(name)), f"git merge --no-ff {name}", "")
    if line.has("squash"):
        text = say(language, f"把分支 `{name}` 的改动压缩合并到暂存区，不要提交。", f"Bring the changes of the branch `{name}` together into the index, without a commit.")
        return Task(text, _start(_branch_with_commit(name)), f"git merge --squash {name}", "")
    text = say(language, f"把分支 `{name}` 合并到当前分支（两个分支各有新提交；提交说明用默认的）。", f"Merge the branch `{name}` into the current one. Both have new commits; keep the message that git proposes.")
    return Task(text, _start(_branch_with_commit(name), "echo 'third line' >> intro.txt && git commit -qam 'Third line'"), f"git merge {name}", "")


def _rebase(line: PlainLine, language: Language) -> Task:
    base = _one(line, "main")
    if "/" in base or line.options:
        raise NotATaskError("such a rebase cannot be told in a task")
    setup = _start(_branch_with_commit("topic"), "echo 'third line' >> intro.txt && git commit -qam 'Third line'", "git checkout -q topic")
    if base != "main":
        setup = _start(_branch_with_commit("topic"), f"git checkout -q -b {base}", "echo 'third line' >> intro.txt && git commit -qam 'Third line'", "git checkout -q topic")
    return Task(say(language, f"把当前分支 `topic` 变基到分支 `{base}` 上。", f"Rebase the current branch `topic` onto the branch `{base}`."), setup, f"git rebase {base}", "")


def _cherry_pick(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 1:
        raise NotATaskError("such a cherry-pick cannot be told in a task")
    setup = _start("git checkout -q -b topic", "echo a > a.txt && git add . && git commit -qm 'Add a'", "echo fix > fix.txt && git add . && git commit -qm 'Fix it'", "git checkout -q main")
    text = say(language, "只把分支 `topic` 上的最后一个提交应用到当前分支（提交说明不变）。", "Apply only the last commit of the branch `topic` to the current branch, with its message.")
    return Task(text, setup, "git cherry-pick topic", "")


# --- tags, stash


def _tag(line: PlainLine, language: Language) -> Task:
    if line.has("d"):
        name = _one(line, "v1.0")
        return Task(say(language, f"删除标签 `{name}`。", f"Delete the tag `{name}`."), _start(f"git tag {name} && git tag v0.9"), f"git tag -d {name}", "")
    if line.has("n", "l"):
        raise NotATaskError("such a list of tags cannot be told in a task")
    if not line.operands:
        if line.options:
            raise NotATaskError("the line does not name the tag")
        return Task(say(language, "列出所有标签的名称。", "List the names of all tags."), _start("git tag v1.0 && git tag v0.9 HEAD~1"), "git tag", "")
    name = _one(line, "v1.0")
    if line.has("a", "m"):
        if not line.has("m"):
            raise NotATaskError("the line opens an editor for the message")
        message = _message(line.value("m")) if not is_open(line.value("m")) else "First release"
        text = say(language, f"在最近一次提交上创建附注标签 `{name}`，说明为 `{message}`。", f"Make the annotated tag `{name}` at the last commit, with the message `{message}`.")
        return Task(text, _START, f"git tag -a {name} -m '{message}'", "")
    return Task(say(language, f"在最近一次提交上创建轻量标签 `{name}`。", f"Make the light tag `{name}` at the last commit."), _START, f"git tag {name}", "")


def _stash(line: PlainLine, language: Language) -> Task:
    if len(line.operands) > 1 or (line.operands and line.tool != "git stash save"):
        raise NotATaskError("such a stash cannot be told in a task")
    new = line.has("u")
    note = line.value("m") or (line.operands[0] if line.operands else "")
    note = _message(note) if note else ""
    setup = _start(_DIRTY, "echo todo > todo.txt")
    text = say(language, "把未提交的改动储藏起来（stash）" + ("，未跟踪的文件也一并储藏" if new else "，未跟踪的文件保留"), "Stash the changes that are not committed" + (", untracked files too" if new else "; untracked files stay"))
    text += say(language, f"，说明为 `{note}`", f", with the note `{note}`") if note else ""
    options = (" -u" if new else "") + (f" -m '{note}'" if note else "")
    return Task(text + say(language, "。", "."), setup, f"git stash push{options}" if options else "git stash", "")


_STASHED = "echo 'third line' >> intro.txt && git stash -q"
_STASHED_TWICE = "echo 'older work' > intro.txt && git stash -q\necho 'third line' >> intro.txt && git stash -q"


def _unstash(line: PlainLine, language: Language) -> Task:
    word = line.operands[0] if line.operands else ""
    if len(line.operands) > 1 or line.options:
        raise NotATaskError("such a stash cannot be told in a task")
    place = re.fullmatch(r"(?:stash@\{)?(\d|[^\d{}]+)\}?", word)
    number = "" if not word else place.group(1) if place and place.group(1).isdigit() else "1"
    if number not in ("", "0", "1"):
        raise NotATaskError("that entry of the stash is too far back for a task")
    which_zh = "最近一次储藏" if number in ("", "0") else "较早的那次储藏（`stash@{1}`）"
    which_en = "the latest stash" if number in ("", "0") else "the older stash (`stash@{1}`)"
    verb = line.tool.rpartition(" ")[2]
    zh, en = {
        "pop": (f"取出{which_zh}的改动，并把它从储藏中删除", f"Bring back the changes of {which_en} and remove it from the stash"),
        "apply": (f"取出{which_zh}的改动，并在储藏中保留它", f"Bring back the changes of {which_en} and keep it in the stash"),
        "drop": (f"删除{which_zh}，不取出它的改动", f"Remove {which_en} without bringing back its changes"),
    }[verb]
    target = "" if number in ("", "0") else " 'stash@{1}'"
    return Task(say(language, f"储藏中有两次改动。{zh}。", f"The stash has two entries. {en}."), _start(_STASHED_TWICE), f"git stash {verb}{target}", "")


def _stash_clear(line: PlainLine, language: Language) -> Task:
    _none(line)
    return Task(say(language, "清空储藏（stash），不取出其中的改动。", "Empty the stash without bringing back its changes."), _start(_STASHED_TWICE), "git stash clear", "")


# --- remotes


def _server(remote: str = "origin") -> str:
    return f"git clone -q --bare . server.git\ngit remote add {remote} server.git && git fetch -q {remote}\necho /server.git > .git/info/exclude"


def _ahead(branch: str = "main") -> str:
    return "echo 'third line' >> intro.txt && git commit -qam 'Third line'"


def _behind(remote: str = "origin") -> str:
    """Give the server a commit that is not here."""
    return "git clone -q server.git /tmp/other && cd /tmp/other\necho news > news.txt && git add . && git commit -qm 'Add news' && git push -q\ncd - >/dev/null"


def _remote_add(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("the line does not name the remote and its address")
    name, url = _name(line.operands[0], "upstream"), line.operands[1]
    url = "https://example.com/team/project.git" if is_open(url) else url
    if not re.fullmatch(r"[\w@:/.~+-]+", url):
        raise NotATaskError("such an address cannot be told in a task")
    return Task(say(language, f"添加远程仓库 `{name}`，地址为 `{url}`。", f"Add the remote `{name}` with the address `{url}`."), _START, f"git remote add {name} {url}", "")


def _remote_gone(line: PlainLine, language: Language) -> Task:
    name = _one(line, "upstream")
    setup = _start(f"git remote add {name} https://example.com/team/project.git", "git remote add keep https://example.com/team/keep.git")
    return Task(say(language, f"从当前仓库删除远程仓库 `{name}` 的记录。", f"Remove the remote `{name}` from this repository."), setup, f"git remote remove {name}", "")


def _remote_rename(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("the line does not name both names")
    old, new = _name(line.operands[0], "origin"), _name(line.operands[1], "upstream")
    setup = _start(f"git remote add {old} https://example.com/team/project.git")
    return Task(say(language, f"把远程仓库 `{old}` 改名为 `{new}`。", f"Rename the remote `{old}` to `{new}`."), setup, f"git remote rename {old} {new}", "")


def _remote_url(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 2:
        raise NotATaskError("the line does not name the remote and its address")
    name, url = _name(line.operands[0], "origin"), line.operands[1]
    url = "https://example.com/team/new.git" if is_open(url) else url
    if not re.fullmatch(r"[\w@:/.~+-]+", url):
        raise NotATaskError("such an address cannot be told in a task")
    setup = _start(f"git remote add {name} https://example.com/old/place.git")
    return Task(say(language, f"把远程仓库 `{name}` 的地址改为 `{url}`。", f"Change the address of the remote `{name}` to `{url}`."), setup, f"git remote set-url {name} {url}", "")


def _remote(line: PlainLine, language: Language) -> Task:
    if not line.has("v") or line.operands:
        raise NotATaskError("reading one thing of a remote cannot be told in a task")
    setup = _start("git remote add origin https://example.com/team/project.git", "git remote add upstream https://example.com/main/project.git")
    return Task(say(language, "列出所有远程仓库的名称和地址（获取和推送的地址都要）。", "List all remotes with their addresses for fetching and pushing."), setup, "git remote -v", "")


def _fetch(line: PlainLine, language: Language) -> Task:
    if len(line.operands) > 1 or line.options:
        raise NotATaskError("such a fetch cannot be told in a task")
    name = _name(line.operands[0], "origin") if line.operands else "origin"
    text = say(language, f"从远程仓库 `{name}` 获取新的提交，但不要合并。", f"Fetch the new commits of the remote `{name}` without merging them.")
    return Task(text, _start(_server(name), _behind()), f"git fetch {name}", "")


def _pull(line: PlainLine, language: Language) -> Task:
    if len(line.operands) not in (0, 2):
        raise NotATaskError("such a pull cannot be told in a task")
    name = _name(line.operands[0], "origin") if line.operands else "origin"
    branch = _name(line.operands[1], "main") if line.operands else "main"
    setup = _start(*([f"git branch -m {branch}"] if branch != "main" else []), _server(name), _behind())
    if line.has("rebase"):
        text = say(language, f"从远程仓库 `{name}` 拉取分支 `{branch}`，用变基（不是合并）把本地的新提交接在后面。", f"Pull the branch `{branch}` of the remote `{name}` and put the local commit on top by rebasing, not merging.")
        return Task(text, "\n".join((setup, _ahead())), f"git pull --rebase {name} {branch}", "")
    text = say(language, f"从远程仓库 `{name}` 拉取分支 `{branch}` 的新提交，合并到当前分支（可以快进）。", f"Pull the new commits of the branch `{branch}` of the remote `{name}` into the current branch; it can be fast-forwarded.")
    return Task(text, setup, f"git pull {name} {branch}", "")


def _push(line: PlainLine, language: Language) -> Task:
    words = list(line.operands)
    if line.has("f", "force-with-lease", "all"):
        raise NotATaskError("a push by force would teach a dangerous habit")
    name = _name(words[0], "origin") if words else "origin"
    if line.has("tags"):
        text = say(language, f"把所有标签推送到远程仓库 `{name}`。", f"Push all tags to the remote `{name}`.")
        return Task(text, _start(_server(name), "git tag v1.0 && git tag v0.9 HEAD~1"), f"git push {name} --tags", "")
    if len(words) != 2:
        raise NotATaskError("the line does not name the remote and the branch")
    gone = line.has("d") or words[1].startswith(":")
    branch = _name(words[1].removeprefix(":"), "topic" if gone else "main")
    if gone:
        _other_than_main(branch)
        text = say(language, f"删除远程仓库 `{name}` 上的分支 `{branch}`。", f"Delete the branch `{branch}` of the remote `{name}`.")
        return Task(text, _start(f"git branch {branch}", _server(name)), f"git push {name} --delete {branch}", "")
    setup = _start(*([f"git branch -m {branch}"] if branch != "main" else []), _server(name), _ahead())
    track = line.has("u")
    text = say(language, f"把当前分支 `{branch}` 的新提交推送到远程仓库 `{name}`" + ("，并把它设为上游分支" if track else ""), f"Push the new commit of the current branch `{branch}` to the remote `{name}`" + (" and make it the upstream branch" if track else ""))
    return Task(text + say(language, "。", "."), setup, f"git push {'-u ' if track else ''}{name} {branch}", "")


# --- reading


def _log(line: PlainLine, language: Language) -> Task:
    if line.operands or not line.has("oneline") or line.has("graph", "all"):
        raise NotATaskError("so long an output cannot be compared fairly")
    count = line.value("n")
    if count and not re.fullmatch(r"[1-3]", count):
        raise NotATaskError(f"the number {count} cannot be told in a task")
    setup = _start("for n in 3 4 5; do echo line $n >> intro.txt; git commit -qam \"Line $n\"; done")
    text = say(language, (f"显示最近 {count} 个提交" if count else "显示提交历史") + "，每个提交一行：短哈希和提交说明的第一行。", (f"Show the last {count} commit{'s' * (count != '1')}" if count else "Show the history") + ", one line a commit: its short hash and the first line of its message.")
    return Task(text, setup, f"git log --oneline{f' -n {count}' if count else ''}", "")


def _status(line: PlainLine, language: Language) -> Task:
    if not line.has("s") or line.operands:
        raise NotATaskError("so free an output cannot be compared fairly")
    return Task(say(language, "用简短格式（每个文件一行）显示工作区的状态。", "Show the state of the work tree in the short form, one file a line."), _start(_DIRTY, "echo todo > todo.txt"), "git status -s", "")


def _diff(line: PlainLine, language: Language) -> Task:
    if not line.has("name-only") or line.operands:
        raise NotATaskError("so free an output cannot be compared fairly")
    staged = line.has("staged")
    text = say(language, f"只列出有{'已暂存' if staged else '未暂存'}改动的文件名。", f"List only the names of the files with changes that are {'staged' if staged else 'not staged'}.")
    return Task(text, _start("echo text > notes.txt && git add . && git commit -qm 'Add notes'\necho more >> intro.txt && git add .\necho more >> notes.txt"), f"git diff --name-only{' --staged' if staged else ''}", "")


def _ls_files(line: PlainLine, language: Language) -> Task:
    _none(line)
    return Task(say(language, "列出所有被 git 跟踪的文件。", "List all files that git tracks."), _start("echo a > a.txt && git add . && git commit -qm 'Add a'\necho b > b.txt"), "git ls-files", "")


def _grep(line: PlainLine, language: Language) -> Task:
    if len(line.operands) != 1 or not re.fullmatch(r"[\w\u4e00-\u9fff -]+", line.operands[0]):
        raise NotATaskError("such a search cannot be told in a task")
    word = line.operands[0]
    setup = _start(f"mkdir docs && echo 'here is {word} in a text' > docs/guide.md\necho 'nothing of it' > other.txt\ngit add . && git commit -qm 'Add texts'\necho '{word}' > untracked.txt")
    return Task(say(language, f"在所有被 git 跟踪的文件中搜索 `{word}`，输出文件名和匹配的行。", f"Search all files that git tracks for `{word}` and print the names of the files with the lines."), setup, f"git grep {quoted(word)}", "")


Maker = Callable[[PlainLine, Language], Task]
_QUIET = frozenset("qv")
_SWITCHING = Rules("", "bcBC", {"create": "c", "quiet": "q"}, ignored=_QUIET)
_STASHING = Rules("u", "m", {"include-untracked": "u", "message": "m"}, ignored=_QUIET)
#: Every command of git that tasks are made of: how its options are read, and the maker.
GITWORK: Mapping[str, tuple[Rules, Maker]] = {
    "init": (Rules("", "", {"bare": "bare"}, ignored=_QUIET), _init),
    "config": (Rules("l", "", {"global": "global", "local": "local", "system": "system", "list": "list", "get": "get", "edit": "edit"}, ignored=frozenset({"local"})), _config),
    "clone": (Rules("", "", {"bare": "bare"}, ignored=_QUIET), _clone),
    "add": (Rules("Au", "", {"all": "A", "update": "u"}, ignored=_QUIET), _add),
    "commit": (Rules("a", "m", {"all": "a", "message": "m", "amend": "amend", "no-edit": "no-edit", "author": "author"}, frozenset({"author"}), _QUIET), _commit),
    "mv": (Rules(ignored=_QUIET), _mv),
    "rm": (Rules("r", "", {"cached": "cached"}, ignored=frozenset("qf")), _rm),
    "restore": (Rules("S", "", {"staged": "S", "source": "source"}, frozenset({"source"}), _QUIET), _restore),
    "reset": (Rules("", "", {"soft": "soft", "mixed": "mixed", "hard": "hard", "keep": "keep"}, ignored=_QUIET), _reset),
    "revert": (Rules("", "", {"no-edit": "no-edit"}, ignored=frozenset({"no-edit"})), _revert),
    "clean": (Rules("fdnixX", "", {"force": "f", "dry-run": "n"}, ignored=_QUIET), _clean),
    "branch": (Rules("dDmMarvu", "", {"delete": "d", "move": "m", "all": "a", "remotes": "r", "merged": "merged", "no-merged": "no-merged", "track": "track", "list": "list"}), _branch),
    "checkout": (_SWITCHING, _switch),
    "switch": (_SWITCHING, _switch),
    "merge": (Rules("", "", {"no-ff": "no-ff", "squash": "squash", "no-edit": "q"}, ignored=_QUIET), _merge),
    "rebase": (Rules(), _rebase),
    "cherry-pick": (Rules(), _cherry_pick),
    "tag": (Rules("adln", "m", {"annotate": "a", "delete": "d", "list": "l", "message": "m"}), _tag),
    "stash": (_STASHING, _stash),
    "stash push": (_STASHING, _stash),
    "stash save": (_STASHING, _stash),
    "stash pop": (Rules(), _unstash),
    "stash apply": (Rules(), _unstash),
    "stash drop": (Rules(), _unstash),
    "stash clear": (Rules(), _stash_clear),
    "remote": (Rules("v", "", {"verbose": "v"}), _remote),
    "remote add": (Rules(), _remote_add),
    "remote rm": (Rules(), _remote_gone),
    "remote remove": (Rules(), _remote_gone),
    "remote rename": (Rules(), _remote_rename),
    "remote set-url": (Rules(), _remote_url),
    "fetch": (Rules(ignored=_QUIET), _fetch),
    "pull": (Rules("", "", {"rebase": "rebase"}, ignored=_QUIET), _pull),
    "push": (Rules("ufd", "", {"set-upstream": "u", "force": "f", "delete": "d", "tags": "tags", "all": "all", "force-with-lease": "force-with-lease"}, ignored=_QUIET), _push),
    "log": (Rules("", "n", {"oneline": "oneline", "graph": "graph", "all": "all", "max-count": "n"}), _log),
    "status": (Rules("s", "", {"short": "s"}), _status),
    "diff": (Rules("", "", {"name-only": "name-only", "staged": "staged", "cached": "staged"}), _diff),
    "ls-files": (Rules(), _ls_files),
    "grep": (Rules(), _grep),
}
