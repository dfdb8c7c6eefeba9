# ruff: noqa: E501 - a command stays on its line
"""Tasks from git's commands: each starts from a repository that leaves the goal undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from notes.facts import Language
from quizzes.practicals.git import branches, commits, reading, remotes, starting, stashes, tags
from quizzes.practicals.lines import PlainLine, Rules, read_words
from quizzes.practicals.parts import NotATaskError, Task

Maker = Callable[[PlainLine, Language], Task]
_QUIET = frozenset("qv")
_SWITCHING = Rules("", "bcBC", {"create": "c", "quiet": "q"}, ignored=_QUIET)
_STASHING = Rules("u", "m", {"include-untracked": "u", "message": "m"}, ignored=_QUIET)
#: Every command of git that tasks are made of: how its options are read, and the maker.
GITWORK: Mapping[str, tuple[Rules, Maker]] = {
    "init": (Rules("", "", {"bare": "bare"}, ignored=_QUIET), starting.init),
    "config": (Rules("l", "", {"global": "global", "local": "local", "system": "system", "list": "list", "get": "get", "edit": "edit"}, ignored=frozenset({"local"})), starting.config),
    "clone": (Rules("", "", {"bare": "bare"}, ignored=_QUIET), starting.clone),
    "add": (Rules("Au", "", {"all": "A", "update": "u"}, ignored=_QUIET), commits.add),
    "commit": (Rules("a", "m", {"all": "a", "message": "m", "amend": "amend", "no-edit": "no-edit", "author": "author"}, frozenset({"author"}), _QUIET), commits.commit),
    "mv": (Rules(ignored=_QUIET), commits.mv),
    "rm": (Rules("r", "", {"cached": "cached"}, ignored=frozenset("qf")), commits.rm),
    "restore": (Rules("S", "", {"staged": "S", "source": "source"}, frozenset({"source"}), _QUIET), commits.restore),
    "reset": (Rules("", "", {"soft": "soft", "mixed": "mixed", "hard": "hard", "keep": "keep"}, ignored=_QUIET), commits.reset),
    "revert": (Rules("", "", {"no-edit": "no-edit"}, ignored=frozenset({"no-edit"})), commits.revert),
    "clean": (Rules("fdnixX", "", {"force": "f", "dry-run": "n"}, ignored=_QUIET), commits.clean),
    "branch": (Rules("dDmMarvu", "", {"delete": "d", "move": "m", "all": "a", "remotes": "r", "merged": "merged", "no-merged": "no-merged", "track": "track", "list": "list"}), branches.branch),
    "checkout": (_SWITCHING, branches.switch),
    "switch": (_SWITCHING, branches.switch),
    "merge": (Rules("", "", {"no-ff": "no-ff", "squash": "squash", "no-edit": "q"}, ignored=_QUIET), branches.merge),
    "rebase": (Rules(), branches.rebase),
    "cherry-pick": (Rules(), branches.cherry_pick),
    "tag": (Rules("adln", "m", {"annotate": "a", "delete": "d", "list": "l", "message": "m"}), tags.tag),
    "stash": (_STASHING, stashes.stash),
    "stash push": (_STASHING, stashes.stash),
    "stash save": (_STASHING, stashes.stash),
    "stash pop": (Rules(), stashes.unstash),
    "stash apply": (Rules(), stashes.unstash),
    "stash drop": (Rules(), stashes.unstash),
    "stash clear": (Rules(), stashes.stash_clear),
    "remote": (Rules("v", "", {"verbose": "v"}), remotes.remote),
    "remote add": (Rules(), remotes.remote_add),
    "remote rm": (Rules(), remotes.remote_gone),
    "remote remove": (Rules(), remotes.remote_gone),
    "remote rename": (Rules(), remotes.remote_rename),
    "remote set-url": (Rules(), remotes.remote_url),
    "fetch": (Rules(ignored=_QUIET), remotes.fetch),
    "pull": (Rules("", "", {"rebase": "rebase"}, ignored=_QUIET), remotes.pull),
    "push": (Rules("ufd", "", {"set-upstream": "u", "force": "f", "delete": "d", "tags": "tags", "all": "all", "force-with-lease": "force-with-lease"}, ignored=_QUIET), remotes.push),
    "log": (Rules("", "n", {"oneline": "oneline", "graph": "graph", "all": "all", "max-count": "n"}), reading.log),
    "status": (Rules("s", "", {"short": "s"}), reading.status),
    "diff": (Rules("", "", {"name-only": "name-only", "staged": "staged", "cached": "staged"}), reading.diff),
    "ls-files": (Rules(), reading.ls_files),
    "grep": (Rules(), reading.grep),
}


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
