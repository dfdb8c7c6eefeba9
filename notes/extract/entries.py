"""Sentences of reference texts that are no statements: entries of a list, and talk of a parameter of one function."""

from __future__ import annotations

import re

from notes.extract.defining import VERSE
from notes.grammar import is_tool
from notes.note import Note
from notes.text import han_count
from notes.wording import base_verb

#: "`-t`, `--list` List the members", "`order` {string} When …", "-newer file The time …".
_OPTION = r"`?-{1,2}[A-Za-z][\w-]*`?(?:\s?[=<*\[][^\s,]*)?(?: [a-z]+)?"
_ENTRY = re.compile(rf"(?:{_OPTION}(?:,\s*|\s+)){{1,4}}(?P<word>[A-Z][a-z]+|use|[a-z]+s the)\b|`[^`]+`\s*\{{[^}}]*\}}")
_NAME = re.compile(r"(?:[A-Z]+_[A-Z0-9_]+|[A-Z]{4,}[A-Z0-9]*) (?P<word>[A-Z][a-z]*)\b")
#: "`lid` Open any of the boxes": a name and what one does with it.
_LABELLED = re.compile(r"`[^`]+` (?P<word>[A-Z][a-z]+) ")
_OPENS = re.compile(r"(?:The|An?|Each|All|No|This|File|Number)$")
_ENTRY_ZH = re.compile(r"`?-{1,2}\w[\w-]*`?\s+\w+=\w+\s")
#: Types of a reference in braces: "a {FileHandle} that …".
_TYPE = re.compile(r"(?<![`$\w])\{[A-Za-z][\w.<>|\[\] ]*\}")
_SUBJECT = re.compile(r"(?:(?:If|When|Once|Unless) )?(?:[Tt]he )?`?(?P<name>[A-Za-z_]\w*)`?(?![\w.(`]| of )")
#: What holds of the moment or of a case that was not: "is now part of", "had been used".
_OF_THE_MOMENT = re.compile(r"\b(?:is|are) now\b|\bhad been\b|\bas specified in\b|^(?:an?|the|if|when|with|for|each|all) ")
_DO_NOT = re.compile(r"(?:Do not|Don't|Never|Please|Make sure|Remember)\b.*\b(?:until|yet|at this point|for now|PRs?|CI)\b")
#: "`box` 命令 Linux box 命令是 …": the label of an entry before its sentence, which names it again.
_NAMED_TWICE = re.compile(r"`?(?P<name>[A-Za-z][\w-]+)`?\s?(?:命令|语句|函数)?\s?(?:当\s?|Linux |linux )`?(?P=name)`?(?![\w-])")


def is_entry(note: Note, sentence: str) -> bool:
    """Tell whether a sentence is part of an entry of a reference, or tells of one function's parameter."""
    if han_count(sentence):
        return bool(_ENTRY_ZH.match(sentence) or _NAMED_TWICE.match(sentence) or _TYPE.search(sentence))
    found = _NAME.match(sentence)
    named = found is not None and bool(_OPENS.match(found["word"]) or base_verb(found["word"]))
    if VERSE.search(sentence):
        return True
    labelled = _LABELLED.match(sentence)
    if labelled and base_verb(labelled["word"]) == labelled["word"].casefold():
        return True
    if _begins_small(note, sentence) or _of_a_parameter(note, sentence):
        return True
    torn = named or bool(_ENTRY.match(sentence) or _TYPE.search(sentence) or _OF_THE_MOMENT.search(sentence))
    return torn or bool(_DO_NOT.match(sentence))


def _begins_small(note: Note, sentence: str) -> bool:
    """Tell whether a sentence begins with a small letter that no name has: it was torn off."""
    word = re.match(r"[a-z]+(?=[ ,])", sentence)
    return word is not None and not is_tool(word.group()) and word.group() not in note.coded


def _of_a_parameter(note: Note, sentence: str) -> bool:
    found = _SUBJECT.match(sentence)
    return found is not None and found["name"] in note.parameters
