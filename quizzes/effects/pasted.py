"""Traces in an answer of having been pasted: a prompt before a command, letters only a text program writes.

Answers are run as they stand, so that they are judged by what a shell does with them; where such a trace is why
nothing happened, the learner is told so.
"""

from __future__ import annotations

import re

from notes import grammar

_PROMPT = re.compile(
    r"^[ \t]*(?P<prompt>[$%](?=[ \t])"  # `$ docker ps`
    r"|\[[\w.-]+@[\w.-]+[^\]\n]{0,80}\][$#]"  # `[root@lab ~]# docker ps`
    r"|PS [A-Za-z]:[^\n>]{0,80}>"  # `PS C:\\work> docker ps`
    r"|[\w.-]+(?:@[\w.-]+)?:[^\s$#]{0,80}[$#])"  # `root@lab:~# docker ps`
    r"[ \t]*(?=[\w./\"'(])",
    re.MULTILINE,
)
_COMMENTED = re.compile(r"^[ \t]*#+[ \t]*(?P<program>[a-z][\w-]*)[ \t]+\S", re.MULTILINE)
_QUOTED = re.compile(r"'[^']*'|\"(?:\\.|[^\"\\\n])*\"|(?:^|(?<=\s))#[^\n]*")
#: Letters that look like the shell's; some of them are at home in words, so they count between signs of the keyboard only.
_FOREIGN = re.compile(
    r"[“”‘’\u00a0\u3000；｜]|(?:^|(?<=\s))[–—－−]+(?=[\w－])|(?<=[!-~])[：，＝／（）](?=[!-~])|[\u200b-\u200f\u2060\ufeff]"
)
_FENCE = re.compile(r"^[ \t]*(```|~~~)", re.MULTILINE)


def pasted_prompt(script: str) -> str:
    """Give the prompt that stands before a command of a script, "" where there is none."""
    match = _PROMPT.search(script)
    return match["prompt"] if match else ""


def only_comments(script: str) -> bool:
    """Tell whether every line is a comment for the shell, and one looks like a command behind root's prompt."""
    lines = [line.strip() for line in script.splitlines() if line.strip()]
    commented = any(grammar.is_tool(match["program"]) for match in _COMMENTED.finditer(script))
    return commented and all(line.startswith("#") for line in lines)


def foreign_letter(script: str) -> str:
    """Give a letter outside quotes that a shell does not know as the sign it looks like, "" where there is none.

    One that cannot be seen is named by its number.
    """
    match = _FOREIGN.search(_QUOTED.sub("", script))
    if not match:
        return ""
    letter = match[0][0]
    return letter if letter.isprintable() or letter.isspace() else f"U+{ord(letter):04X}"


def fence(script: str) -> str:
    """Give the line that begins a block of code in Markdown, "" where there is none."""
    match = _FENCE.search(script)
    return match[1] if match else ""

