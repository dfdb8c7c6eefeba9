"""A command to type, judged by meaning: order, long or short forms and quotes do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from notes import grammar
from notes.facts import CommandFact, Fact, Language
from quizzes.commands import canonical_line, same_command, spellings
from quizzes.context import Context
from quizzes.distractors import is_name_only, options_follow
from quizzes.goals import known_goal
from quizzes.kinds.base import Candidate, Drop, QuestionKind, judged, text_of
from quizzes.kinds.build import build, usable_in_stem
from quizzes.kinds.build import named as candidates
from quizzes.leaks import leaks
from quizzes.names import named, names_in, noun
from quizzes.questions import Question, Response, Verdict
from quizzes.typed import normal

KIND = "command"
_DESTROYS = re.compile(
    r"rmi? .*\$\(|"
    r"\brm\s+-rf?\s+/|\bmkfs\b|\bdd\b.*\bof=/dev|\bprune\b|--hard\b|:\(\)\s*\{"
)
_TAKES_A_FILE = re.compile(r"\bfile\|")
_MADE_UP = re.compile(r"^[a-z]+_[a-z_]+$|\w\.\w+:\d+/")  # a name nobody would give, the address of a registry
#: A script for sed or awk, a filter: given with the task it would be the whole answer.
_PROGRAM = re.compile(r"(?<!@)\{|[()^$\\|;]|^\d*,?[$\d]*[dpq]$|^s/")
_JOINED = re.compile(r"-[A-Za-z]{3,}")
MAX_GIVEN = 3  # names a learner is told to use; more make a dictation of it


class Command(QuestionKind):
    """The learner types the command for a purpose."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "命令题", "en": "Command"}
    widget = "command"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        return candidates(KIND, {CommandFact: (("typed", _typed),)}, facts, context)

    def check(self, question: Question, response: Response) -> Verdict:
        typed = text_of(question, response)
        return judged(question, float(any(same_command(typed, form) for form in question.answers[0])))


def _typed(fact: CommandFact, context: Context) -> Iterable[Question]:
    """Ask for the line: by its whole goal where that is well known, else by what the notes say it is for."""
    if _DESTROYS.search(fact.command) or len(fact.command) > 80 or re.search(r"\bx{2,}\b|\||(?<!\S)>", fact.command):
        return
    if canonical_line(fact.command) and not _has_loose_ends(fact):
        asked = _by_goal(fact, context) or _by_purpose(fact, context)
        if asked:
            yield asked


def _by_goal(fact: CommandFact, context: Context) -> Question | None:
    known, words = known_goal(fact), fact.name.split(" ")
    if known is None:
        return None
    line, goal = known
    plain = " -" not in line  # then the command's name is all there is to know
    if plain and len(words) > 1 and leaks(goal.text, words[-1]):
        return None
    wording = context.wording(fact)
    # A tool that is named would be the whole answer where nothing but names stands behind it.
    tool = "" if plain and len(words) == 1 else words[0]
    said = wording.command_statement(line, fact.purpose)
    return _asked(fact, wording.command_for(tool, goal.text), line, goal.lines, said)


def _by_purpose(fact: CommandFact, context: Context) -> Question | None:
    """Operands cannot be guessed, so they are given; what the options are must follow from the purpose."""
    given = given_words(fact)
    if not (usable_in_stem(fact.purpose, fact, context) and len(given) <= MAX_GIVEN):
        return None
    if not options_follow(fact, context) or " " not in fact.command.strip():
        return None
    if leaks(fact.purpose, fact.name.split(" ")[-1]) or _is_cut_short(fact) or named(fact.command, fact.purpose).is_open:
        return None
    if any(_MADE_UP.search(word) or _PROGRAM.search(word) for word in given) or _has_many_letters(fact):
        return None
    wording = context.wording(fact)
    if any(flag in fact.purpose and flag not in wording.choice(fact.purpose) for flag in _flags(fact)):
        return None  # the prompt leaves the remarks on options out
    tool = fact.name.split(" ")[0]
    shown_tool = " ".join(fact.name.split(" ")[:-1]) if fact.name.count(" ") > 1 and tool != "docker" else tool
    same = [
        other.command
        for other in context.siblings(fact, context.tool_commands.get(tool, []))
        if normal(other.purpose) == normal(fact.purpose)
    ]
    kinds = {name.text: noun(name.kind, fact.language) for name in names_in(fact)}
    prompt = wording.command_typed(
        shown_tool, fact.purpose, [(kinds.get(word, ""), word) for word in given], is_name_only(fact)
    )
    return _asked(fact, prompt, fact.command, same, wording.command_statement(fact.command, fact.purpose))


def _asked(fact: CommandFact, prompt: str, line: str, others: Iterable[str], said: str) -> Question:
    forms = tuple(dict.fromkeys((line, *others, *spellings(line))))
    return build(KIND, fact, "typed", prompt, line, said, answers=(forms,), difficulty="application")


def _has_many_letters(fact: CommandFact) -> bool:
    """Tell whether a line of a tool whose grammar nobody knows joins more short options than a purpose can ask for."""
    known = grammar.commands().get(fact.name) is not None
    return not known and any(_JOINED.fullmatch(flag) for flag in fact.command.split()[1:])


def _flags(fact: CommandFact) -> list[str]:
    parsed = grammar.parse_command(fact.command)
    return [given.flag for given in parsed.options] if parsed else []


def _is_cut_short(fact: CommandFact) -> bool:
    """Tell whether the notes show more than the line, so that it would not run so: a command named in a sentence, or
    one whose output went into a file.
    """
    known = grammar.commands().get(fact.name)
    if known is None:
        return " " in fact.name and fact.command.strip() == fact.name and fact.name not in fact.text
    source = grammar.find_option(fact.name, "--input")
    takes = bool(_TAKES_A_FILE.search(known.usage)) or (source is not None and "STDIN" in source.description)
    reads = fact.command.strip() == fact.name and takes
    output = grammar.find_option(fact.name, "--output")
    if output is None or "STDOUT" not in output.description:
        return reads
    given = grammar.parse_command(fact.command)
    return not (given and any(option.flag in output.flags for option in given.options))


def _has_loose_ends(fact: CommandFact) -> bool:
    """Tell whether a line holds what nobody can guess and the prompt does not give: substitutions, templates."""
    parsed = grammar.parse_command(fact.command)
    words = [] if parsed is None else [*parsed.arguments, *(option.value for option in parsed.options)]
    return any(re.search(r"\$\(|\{\{|`", word) for word in words)


def given_words(fact: CommandFact) -> list[str]:
    """The operands and option values of a line that a learner must be told: placeholders, names, files."""
    parsed = grammar.parse_command(fact.command)
    if parsed is None:
        return []
    words = [*parsed.arguments, *(option.value for option in parsed.options if option.value)]
    shown = [word.replace("〈", "<").replace("〉", ">") for word in dict.fromkeys(words)]
    return [word for word in shown if word not in fact.purpose and "$(" not in word and len(word) > 1]
