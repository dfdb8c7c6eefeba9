"""Near misses made from references by rule, judged by the checker and by each task's own shell test.

    python -m tests.proofs.mutants [FILE...] [--only ID] [--parallel 2] [--every N]

A mutant lacks one option, word, command or line of the reference, or has another value in its place, or does too much.
The task's test says on a real engine whether it still does what was asked; the checker must say the same (what is done
beyond the task it may refuse, as tests look at the task only). Prints each disagreement;
exit status 1 if there is any.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

from notes import grammar
from proofs.checks import Check, Checker
from quizzes.effects.script import asks_engine
from sandboxes import open_sandboxes
from sandboxes.base import Sandboxes
from sandboxes.effects import SandboxError
from sandboxes.engines import find_engine
from tests.proofs.answers import Answer, read_answers

_WORD = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|\$\([^()]*\)|\\.|[^\s"'\\;|&<>()])+""")
_TOO_MUCH = ("\ndocker run -d --name stray busybox sleep 1000", "\ndocker rm -f $(docker ps -aq)")
_OTHER_IMAGES = ("redis", "httpd")
#: The command that is nearest to another one and does something else.
_TWINS = {
    "run": "create",
    "create": "run",
    "start": "stop",
    "stop": "kill",
    "kill": "stop",
    "restart": "stop",
    "pause": "stop",
    "unpause": "pause",
    "rm": "stop",
    "save": "export",
    "export": "save",
    "load": "import",
    "import": "load",
    "pull": "push",
    "push": "pull",
    "connect": "disconnect",
    "disconnect": "connect",
}
#: The same for tools that need no engine, and for what stands behind `git`.
_PLAIN_TWINS = {
    "mv": "cp", "cp": "mv", "rm": "ls", "head": "tail", "tail": "head", "sort": "cat", "uniq": "cat", "mkdir": "touch",
    "touch": "mkdir", "cut": "cat", "gzip": "gunzip", "gunzip": "gzip", "zip": "unzip", "unzip": "zip", "kill": "echo",
    "add": "rm", "merge": "rebase", "rebase": "merge", "switch": "checkout", "revert": "reset", "push": "fetch",
    "pull": "fetch", "fetch": "pull", "pop": "apply", "apply": "pop", "drop": "pop", "--soft": "--hard", "--hard": "--soft",
    "--staged": "--worktree", "log": "status", "status": "log", "tag": "branch", "branch": "tag", "restore": "add",
}  # fmt: skip


def mutants(script: str) -> tuple[str, ...]:
    """Derive the near misses of a script, each once, in a fixed order."""
    if asks_engine(script):
        made = [*_without_lines(script), *_other_words(script), *(script + line for line in _TOO_MUCH)]
    else:
        made = [*_without_lines(script), *_plain(script)]
    return tuple(dict.fromkeys(text for text in made if text.strip() != script.strip()))


def mutants_of(files: Collection[str] = ()) -> list[Answer]:
    """Give every mutant of every reference as an answer whose label is not known yet."""
    references = [answer for answer in read_answers(files) if answer.task.id.endswith("/right/0")]
    return [
        replace(
            answer,
            label="",
            task=replace(answer.task, id=f"{answer.task.id.split('/')[0]}/mutant/{number}", answer=text),
        )
        for answer in references
        for number, text in enumerate(mutants(answer.task.reference))
    ]


def _without_lines(script: str) -> Iterator[str]:
    lines = script.split("\n")
    if len(lines) > 1:
        for number, line in enumerate(lines):
            if line.strip() not in ("EOF", ""):
                yield "\n".join(lines[:number] + lines[number + 1 :])


def _other_words(script: str) -> Iterator[str]:
    for match in re.finditer(r"\bdocker\s[^\n;|&<>]*(?:'[^']*'[^\n;|&<>]*)*", script):
        if _inside_heredoc(script, match.start()):
            continue
        words = [(m.group(), match.start() + m.start(), match.start() + m.end()) for m in _WORD.finditer(match.group())]
        yield from (script[:start] + new + script[end:] for start, end, new in _edits(words))


def _plain(script: str) -> Iterator[str]:
    """Give the near misses of a script that needs no engine: words and steps of its pipes left out or changed."""
    data = script.encode()
    for start, end, new in _plain_edits(Parser(Language(tree_sitter_bash.language())).parse(data).root_node):
        yield (data[:start] + new.encode() + data[end:]).decode()


def _plain_edits(root: Node) -> Iterator[Edit]:
    stack = [root]
    while stack:
        node = stack.pop()
        stack.extend(reversed(node.children))
        if node.type == "pipeline":
            steps = node.named_children
            yield from ((one.end_byte, other.end_byte, "") for one, other in pairwise(steps))
            yield steps[0].start_byte, steps[1].start_byte, ""
        elif node.type == "command":
            yield from _plain_command(node)


def _plain_command(node: Node) -> Iterator[Edit]:
    for place, word in enumerate(node.named_children):
        start, end, text = word.start_byte, word.end_byte, (word.text or b"").decode()
        if text in _PLAIN_TWINS:
            yield start, end, _PLAIN_TWINS[text]
        elif place and text.startswith("-"):
            yield start, end, ""
            yield from ((start + letter, start + letter + 1, "") for letter in _joined(text))
        if place and word.type in ("word", "string", "raw_string", "number"):
            yield from ((start, end, other) for other in _others(text) if not text.startswith("-") or re.search(r"\d", text))


def _joined(option: str) -> Iterator[int]:
    """Give the places of the switches in `-czf`."""
    if re.fullmatch(r"-[A-Za-z]{2,4}", option):
        yield from range(1, len(option))


def _inside_heredoc(script: str, place: int) -> bool:
    return bool(re.search(r"<<-?\s*['\"]?EOF", script[:place])) and not re.search(r"^EOF$", script[:place], re.M)


Words = list[tuple[str, int, int]]
Edit = tuple[int, int, str]  # what to put in the place of which characters


def _edits(words: Words) -> Iterator[Edit]:
    """Give the edits of one docker command: each option dropped or changed, each operand changed."""
    name, rest = _name(words)
    verb, start, end = words[len(words) - len(rest) - 1]
    if verb in _TWINS:
        yield start, end, _TWINS[verb]
    command = grammar.commands().get(name)
    operands = 0
    while rest:
        word, start, end = rest.pop(0)
        if word.startswith("-") and len(word) > 1 and not (operands and command and command.runs_a_command):
            yield from _option_edits(name, word, start, end, rest)
        else:
            yield from ((start, end, other) for other in _others(word, image=operands == 0 and verb in ("run", "create")))
            operands += 1


def _name(words: Words) -> tuple[str, Words]:
    count, name = 1, "docker"
    while count < len(words) and f"{name} {words[count][0]}" in _known_names():
        name, count = f"{name} {words[count][0]}", count + 1
    return grammar.canonical(name), words[count:]


def _known_names() -> frozenset[str]:
    names = set(grammar.commands())
    return frozenset(names | {alias for command in grammar.commands().values() for alias in command.aliases} | {
        " ".join(name.split(" ")[:2]) for name in names
    })


def _option_edits(name: str, word: str, start: int, end: int, rest: Words) -> Iterator[Edit]:
    flag, equals, value = word.partition("=")
    option = grammar.find_option(name, flag)
    if option is None and not flag.startswith("--"):
        for place in range(1, len(word)):  # joined switches: each is left out once
            yield start + place, start + place + 1, ""
        return
    if option is not None and option.argument and not equals and rest:
        value, first, last = rest.pop(0)
        yield start, last, ""
        yield from ((first, last, other) for other in _others(value))
        return
    yield start, end, ""
    if equals:
        yield from ((start + len(flag) + 1, end, other) for other in _others(value))


def _others(word: str, *, image: bool = False) -> Iterator[str]:
    """Give values near to one: the next number, one letter more, another image."""
    if image:
        yield next(other for other in _OTHER_IMAGES if not word.startswith(other))
    digit = re.search(r"\d(?=\D*$)", word)
    if digit:
        yield word[: digit.start()] + str((int(digit.group()) + 1) % 10) + word[digit.end() :]
    letter = re.search(r"[a-z](?=[^a-z]*$)", word)
    if letter and not word.startswith("$"):
        yield word[: letter.end()] + "x" + word[letter.end() :]


def disagreement(sandboxes: Sandboxes, checker: Checker, mutant: Answer) -> tuple[str, Check] | None:
    """Judge a mutant both ways; None where the checker and the task's test agree.

    :raise SandboxError: the sandbox of the test failed
    """
    proof = sandboxes.run(mutant.proof())
    proved = "right" if proof.exit_code == 0 and proof.ended == "done" else "wrong"
    check = checker.check(mutant.task)
    judged = "right" if check.verdict.outcome == "right" else "wrong"
    if check.verdict.outcome != "not judged" and (judged == proved or (judged == "wrong" and _excessive(mutant))):
        return None
    return f"the test says {proved}, the checker {check.verdict.outcome}", check


def _excessive(mutant: Answer) -> bool:
    return mutant.task.answer.endswith(_TOO_MUCH)


def main() -> int:
    """Judge all mutants, or every N-th."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    all_ = [mutant for mutant in mutants_of(options.files) if mutant.task.id.startswith(options.only)]
    sandboxes = open_sandboxes("docker", url=find_engine(os.environ), say=print)
    checker, found = Checker(sandboxes), 0
    try:
        sandboxes.warm(options.parallel)
        with ThreadPoolExecutor(options.parallel) as pool:
            chosen = all_[:: options.every]
            for mutant, said in zip(chosen, pool.map(lambda one: _said(sandboxes, checker, one), chosen), strict=True):
                if said:
                    found += 1
                    print(f"{mutant.task.id}: {mutant.task.answer!r}: {said}", flush=True)
    finally:
        sandboxes.close()
    print(f"{len(chosen)} mutants, {found} disagreements")
    return 1 if found else 0


def _said(sandboxes: Sandboxes, checker: Checker, mutant: Answer) -> str:
    try:
        found = disagreement(sandboxes, checker, mutant)
    except SandboxError as error:
        return str(error)
    return f"{found[0]}: {found[1].verdict.feedback}" if found else ""


if __name__ == "__main__":
    sys.exit(main())
