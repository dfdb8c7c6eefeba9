"""Write docker-grammar.json from the help texts of the Docker clients on this machine.

    python notes/data/make_docker_grammar.py /usr/local/bin/docker /usr/bin/docker

The first client is the newest and says what is known; later, older ones only add what has been removed since.
No daemon is needed. Run it again when a newer client comes out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
#: Spellings that notes still use and that no installed client lists any more: (command, flag, takes a value).
#: The newest client is asked whether it still takes them.
HISTORIC = (
    ("docker run", "--net", True),
    ("docker run", "--net-alias", True),
    ("docker run", "--lxc-conf", True),
    ("docker create", "--net", True),
    ("docker create", "--net-alias", True),
    ("docker search", "--automated", False),
    ("docker search", "-s", True),
    ("docker search", "--stars", True),
    ("docker ps", "--since", True),
    ("docker ps", "--before", True),
    ("docker build", "--email", True),
    ("docker login", "-e", True),
    ("docker login", "--email", True),
    ("docker commit", "--run", True),
    ("docker images", "--viz", False),
    ("docker images", "--tree", False),
    ("docker tag", "-f", False),
    ("docker tag", "--force", False),
    ("docker rename", "--force", False),
    ("docker", "-d", False),
)
OPTION = re.compile(r"^\s{2,6}(?:(-\w), )?\s*(--[\w-]+)(?: ([\w./:-]+))?(?:\s{2,}(\S.*))?$")
SUBCOMMAND = re.compile(r"^  ([a-z][\w-]*)\*?\s{2,}(\S.*)$")


def help_of(client: str, words: list[str]) -> str:
    done = subprocess.run([client, *words, "--help"], capture_output=True, text=True, timeout=30, check=False)
    return (done.stdout or done.stderr).replace(str(Path.home()), "~")


def accepts(client: str, words: list[str], flag: str, takes_value: bool) -> bool:
    """Does the client still take an option it no longer lists?"""
    probe = [client, *words, f"{flag}=1" if takes_value else flag, "--help"]
    done = subprocess.run(probe, capture_output=True, text=True, timeout=30, check=False)
    return "unknown flag" not in done.stderr and "unknown shorthand" not in done.stderr


def sections(text: str) -> dict[str, list[str]]:
    """Split a help text at its headings; "" holds the lines before the first."""
    parts: dict[str, list[str]] = {"": []}
    name = ""
    for line in text.splitlines():
        if re.fullmatch(r"[A-Z][\w ]*:", line):
            name = line[:-1]
            parts[name] = []
        else:
            parts[name].append(line)
    return parts


def read_options(lines: list[str]) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = []
    for line in lines:
        found = OPTION.match(line)
        if found:
            short, long, argument, text = found.groups()
            options.append(
                {
                    "flags": [flag for flag in (short, long) if flag],
                    "argument": argument or "",
                    "description": text or "",
                }
            )
        elif options and line.startswith(" " * 8) and line.strip():
            options[-1]["description"] = f"{options[-1]['description']} {line.strip()}".strip()
    return [option for option in options if "--help" not in option["flags"]]


def describe(client: str, words: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Give a command's entry and the names of its subcommands."""
    parts = sections(help_of(client, words))
    head = [line.strip() for line in parts[""] if line.strip()]
    usage = next((line.removeprefix("Usage:").strip() for line in head if line.startswith("Usage:")), "")
    about = next((line for line in head if not line.startswith("Usage:")), "")
    aliases = [
        alias.strip() for line in parts.get("Aliases", []) for alias in line.split(",") if alias.strip()
    ]
    options = read_options(parts.get("Options", []) + parts.get("Global Options", []))
    children = [
        found.group(1)
        for name, lines in parts.items()
        if name.endswith("Commands")
        for line in lines
        if (found := SUBCOMMAND.match(line))
    ]
    entry = {"usage": usage, "description": about, "aliases": aliases, "options": options}
    return entry, children


def walk(client: str, words: list[str], found: dict[str, Any]) -> None:
    entry, children = describe(client, words)
    found[" ".join(["docker", *words])] = entry
    for child in children:
        walk(client, [*words, child], found)


def add_removed(grammar: dict[str, Any], older: dict[str, Any], newest: str) -> None:
    for name, entry in older.items():
        if name not in grammar:
            if f"docker {' '.join(name.split()[1:])}" not in help_of(newest, name.split()[1:]).split("\n")[0]:
                grammar[name] = {**entry, "removed": True}
            continue
        known = {flag for option in grammar[name]["options"] for flag in option["flags"]}
        for option in entry["options"]:
            gone = [flag for flag in option["flags"] if flag not in known]
            if not gone:
                continue
            words = name.split()[1:]
            kept = [flag for flag in gone if accepts(newest, words, flag, bool(option["argument"]))]
            state = "hidden" if kept == gone else "removed"
            grammar[name]["options"].append({**option, "flags": gone, state: True})


def add_historic(grammar: dict[str, Any], newest: str) -> None:
    for name, flag, takes_value in HISTORIC:
        options = grammar[name]["options"]
        if any(flag in option["flags"] for option in options):
            continue
        state = "hidden" if accepts(newest, name.split()[1:], flag, takes_value) else "removed"
        options.append(
            {"flags": [flag], "argument": "value" if takes_value else "", "description": "", state: True}
        )


def canonical(name: str, entry: dict[str, Any]) -> str:
    """Give the shortest spelling: `docker container run` is `docker run`."""
    spellings: list[str] = [name, *entry["aliases"]]
    return min(spellings, key=lambda alias: (len(alias.split()), alias != name, alias))


def fold_aliases(grammar: dict[str, Any]) -> dict[str, Any]:
    return {name: entry for name, entry in sorted(grammar.items()) if canonical(name, entry) == name}


def version(client: str) -> str:
    done = subprocess.run([client, "--version"], capture_output=True, text=True, timeout=30, check=False)
    found = re.search(r"version ([\w.+-]+)", done.stdout)
    return found.group(1) if found else "unknown"


def main(clients: list[str]) -> None:
    newest, *others = clients
    grammar: dict[str, Any] = {}
    walk(newest, [], grammar)
    for client in others:
        older: dict[str, Any] = {}
        walk(client, [], older)
        add_removed(grammar, older, newest)
    add_historic(grammar, newest)
    data = {"clients": [version(client) for client in clients], "commands": fold_aliases(grammar)}
    (HERE / "docker-grammar.json").write_text(
        json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print(f"{len(grammar)} commands written")


if __name__ == "__main__":
    main(sys.argv[1:] or ["docker"])
