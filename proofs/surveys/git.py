"""Describes the git repositories of the work folder, run inside a sandbox. Prints one line of JSON.

{"repositories": {path: {...}}, "global": {key: value}}. Commits are known by their content: a digest of their
files, message and parents, because hashes, times and authors differ from run to run. The sandbox's Python has
only its core modules. The project never imports this file.
"""

import hashlib
import json
import os
import re
import subprocess
from typing import Any

MOST_REPOSITORIES = 8
MOST_COMMITS = 200
MOST_STAGED = 100
DEPTH = 3
SAID = 200  # characters of a message
FORMAT = "%H%x00%T%x00%P%x00%an <%ae>%x00%cn <%ce>%x00%at%x00%ct%x00%B%x01"
OWN = re.compile(r"core\.(repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode)$")
UNDERWAY = {
    "MERGE_HEAD": "merge", "CHERRY_PICK_HEAD": "cherry-pick", "REVERT_HEAD": "revert",
    "rebase-merge": "rebase", "rebase-apply": "rebase", "BISECT_LOG": "bisect",
}  # fmt: skip
HEX = re.compile(r"\b[0-9a-f]{7,40}\b")


def git(folder: str, *arguments: str) -> str:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    command = ["git", "-c", "core.quotePath=false", "-c", "safe.directory=*", "-C", folder, *arguments]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=5, env=environment
    )
    return done.stdout.decode("utf-8", "replace")


def found(folder: str = ".", depth: int = 0) -> list[str]:
    names = sorted(os.listdir(folder))
    bare = {"HEAD", "objects", "refs"} <= set(names)
    here = [folder] if bare or ".git" in names else []
    if depth < DEPTH and not bare:
        for name in names:
            path = f"{folder}/{name}"
            if name != ".git" and os.path.isdir(path) and not os.path.islink(path):
                here += found(path, depth + 1)
    return here


def commits(folder: str) -> dict[str, dict[str, Any]]:
    """Return the commits that can be reached, by hash, each with what it is by content."""
    known: dict[str, dict[str, Any]] = {}
    text = git(folder, "log", "--all", "HEAD", "--topo-order", "--reverse", f"-n{MOST_COMMITS}", f"--format={FORMAT}")
    text = text or git(folder, "log", "--all", "--topo-order", "--reverse", f"-n{MOST_COMMITS}", f"--format={FORMAT}")
    for record in text.split("\x01"):
        parts = record.lstrip("\n").split("\0")
        if len(parts) != 8:
            continue
        name, tree, parents, author, committer, written, made, message = parts
        message = HEX.sub(lambda match: said(known, match.group()), message.strip())
        above = [known[parent]["id"] if parent in known else "older" for parent in parents.split()]
        known[name] = {
            "id": digest(tree, message, *above),
            "tree": tree,
            "message": message[:SAID],
            "parents": above,
            "author": author if author != committer else "",
            "dated": abs(int(written) - int(made)) > 3600 and int(written) // 3600,
        }
    return known


def said(known: dict[str, dict[str, Any]], word: str) -> str:
    return next((commit["id"] for name, commit in known.items() if name.startswith(word)), word)


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def refs(folder: str, known: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Return [commit, kind, message] by name; a symbolic one points at another name."""
    form = "%(refname)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(symref)%00%(contents)%01"
    rows = {}
    for record in git(folder, "for-each-ref", f"--format={form}").split("\x01"):
        parts = record.lstrip("\n").split("\0")
        if len(parts) == 6 and parts[0] != "refs/stash":
            name, kind, target, peeled, symbolic, message = parts
            commit = known.get(peeled or target, {}).get("id", target)
            note = message.strip()[:SAID] if kind == "tag" else ""
            rows[name] = [symbolic or commit, "annotated" if kind == "tag" else "", note]
    return rows


def staged(folder: str) -> dict[str, str]:
    """Return what the index holds beside the last commit: the letter of the change, mode and content."""
    rows: dict[str, str] = {}
    words = git(folder, "diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev").split("\0")
    for head, path in zip(words[::2], words[1::2], strict=False):
        _, mode, _, content, letter = head.split()
        rows[path] = f"{letter} {mode} {content}"
    for line in git(folder, "ls-files", "-u").splitlines():
        rows[line.partition("\t")[2]] = "conflict"
    return dict(sorted(rows.items())[:MOST_STAGED])


def tracked(folder: str) -> list[str]:
    return git(folder, "ls-files").splitlines()[:MOST_STAGED]


def stash(folder: str, known: dict[str, dict[str, Any]]) -> list[str]:
    rows = []
    for record in git(folder, "stash", "list", "--format=%gs%x00%T%x01").split("\x01"):
        message, _, tree = record.strip("\n").partition("\0")
        if tree:
            rows.append(f"{tree[:16]} {HEX.sub(lambda match: said(known, match.group()), message)[:SAID]}")
    return rows


def config(folder: str, *where: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for record in git(folder, "config", *where, "--list", "-z").split("\0"):
        key, _, value = record.partition("\n")
        if key and not OWN.match(key):
            rows[key] = f"{rows[key]}, {value}" if key in rows else value
    return rows


def repository(folder: str) -> dict[str, Any]:
    known = commits(folder)
    inner = git(folder, "rev-parse", "--absolute-git-dir").strip()
    bare = git(folder, "rev-parse", "--is-bare-repository").strip() == "true"
    head = git(folder, "symbolic-ref", "-q", "HEAD").strip()
    at = git(folder, "rev-parse", "-q", "--verify", "HEAD").strip()
    return {
        "bare": bare,
        "head": head.removeprefix("refs/heads/"),
        "at": known.get(at, {}).get("id", ""),
        "refs": refs(folder, known),
        "staged": {} if bare else staged(folder),
        "tracked": [] if bare else tracked(folder),
        "stash": stash(folder, known),
        "config": config(folder, "--local"),
        "underway": sorted({word for name, word in UNDERWAY.items() if os.path.exists(f"{inner}/{name}")}),
        "commits": {commit["id"]: {**commit, "hash": name} for name, commit in known.items()},
    }


def main() -> None:
    paths = found()[:MOST_REPOSITORIES]
    print(json.dumps({
        "repositories": {os.path.normpath(path): repository(path) for path in paths},
        "global": config(".", "--global"),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
