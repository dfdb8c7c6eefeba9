"""Wrong choices that tempt: same type as the key, siblings first, never also right.

Policy, in this order: what beginners confuse with the key (`-p` and `-P`, stop and kill), siblings from the
same command, table or section, then the tool's grammar. Never anything equal or equivalent to the key (`-p`
beside `--publish`), never two choices that say the same. Of what is left, forms and lengths near the key's
come first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from notes import grammar
from notes.facts import ColumnFact, CommandFact, DefinitionFact, FlagFact, QuantityFact, RowFact
from notes.meanings import meaning_of, purpose_of
from notes.wording import starts_with_action
from quizzes.commands import same_command
from quizzes.context import MAX_SIBLINGS, Context, same_section
from quizzes.draws import draw
from quizzes.earlier import bare
from quizzes.soundness import command_is_sound, needed_operands
from quizzes.twins import also_right, confused_commands, confused_flags, family, partner
from quizzes.typed import normal
from quizzes.wording.base import Wording, data_rows
from quizzes.wording.tidy import has_han, looks_like_code

WANTED = 3
FEW = 2  # wrong choices of one list are enough: one from elsewhere would stand out
TEMPTING = 2  # wrong choices at least that a beginner could take for right; else another kind asks the fact
_NAMED = re.compile(r"[a-z0-9][a-z0-9_.-]+")
NEAREST = 5  # candidates that count as equally near
_LINKS = re.compile("[的了个和与或在某]")
_EVERYWHERE = frozenset(("容器", "镜像", "一个", "指定", "显示", "docker", "container", "image", "the", "and"))
DOUBLE = 62  # rapidfuzz ratio from which one description may be taken for another
ALIKE = 78  # rapidfuzz ratio from which two meanings may say the same
_PLACEHOLDER = re.compile(r"<[^<>]+>|\[[^\[\]]+\]|\{[^{}]+\}|\b[A-Z][A-Z_]{1,}\b(?:\.\.\.)?|\.\.\.|[一-鿿]+")
_SAME_VERBS = tuple(row.split() for row in data_rows("same-verbs.txt"))
_ONE_VERB = {word: words[0] for words in _SAME_VERBS for word in words}
_SYNONYMS = re.compile(
    "|".join(word if not word.isascii() else rf"\b{word}\b" for word in sorted(_ONE_VERB, key=len, reverse=True))
)
#: What makes another deed of the same verb and thing.
_ANOTHER_DEED = re.compile(r"所有|全部|全|每|各|强制|只|仅|不|没|未|非|除|最")
_FILLER = re.compile(r"[\s`，。、；：“”（）(),.;:'\"]|的|了|进行|一个|该|a |the |an ", re.I)


@lru_cache(maxsize=16384)
def alike(first: str, second: str) -> bool:
    """Tell whether two meanings may say the same, so that both would be right."""
    one, other = _bare(first), _bare(second)
    if not one or not other or one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 3 and (shorter in longer or _narrowed(shorter, longer)):
        return True
    return fuzz.ratio(one, other, score_cutoff=ALIKE) >= ALIKE


def _narrowed(broad: str, narrow: str) -> bool:
    """Tell whether a text of Han says the same deed of the same thing with something added: 进入容器 and
    进入后台运行的容器. What adds an amount or a force is another deed.
    """
    if broad[:2] != narrow[:2] or broad[-2:] != narrow[-2:] or len(broad) < 4 or not broad[0] >= "一" <= broad[-1]:
        return False
    added, place = narrow, 0
    for letter in broad:
        place = added.find(letter, place)
        if place < 0:
            return False
        added = added[:place] + added[place + 1 :]
    return not _ANOTHER_DEED.search(added)


@lru_cache(maxsize=16384)
def _bare(text: str) -> str:
    """The words that carry the meaning, verbs that say the same made one."""
    return _FILLER.sub("", _SYNONYMS.sub(lambda found: _ONE_VERB[found.group()], normal(text)))


def pick_texts(
    key: str, tiers: Iterable[Iterable[str]], wording: Wording, seed: str, most: int = WANTED, shown: Set[str] = frozenset()
) -> list[str]:
    """Take the best texts from tiers of candidates: an earlier tier first, within it lengths near the
    key's.

    Candidates that may say the same as the key or as one already taken are passed over.

    :param shown: what an earlier bank showed, which comes first
    """
    taken: list[str] = []
    aim = wording.length(key)
    for tier, only in _twice(tiers, shown):
        if len(taken) >= most:
            break
        for text in _drawn(tier, seed, lambda text: _misfit(wording.length(text), aim)):
            if len(taken) < most and (not only or bare(text) in only) and not any(alike(text, other) for other in (key, *taken)):
                taken.append(text)
    return taken


def _twice(tiers: Iterable[Iterable[str]], shown: Set[str]) -> Iterable[tuple[Iterable[str], Set[str]]]:
    """Give all tiers with what to take from them: first what an earlier bank showed, then (the empty set) anything."""
    if not shown:
        return ((tier, shown) for tier in tiers)
    whole = [list(tier) for tier in tiers]
    return [*((tier, shown) for tier in whole), *((tier, frozenset[str]()) for tier in whole)]


def _drawn(texts: Iterable[str], seed: str, rank: Callable[[str], Any]) -> Iterator[str]:
    """Give each text once, by its rank and then in an order drawn from the seed.

    A draw costs a hash, so it is made for those ranks only that somebody asks for.
    """
    ranked: dict[Any, list[str]] = {}
    for text in _distinct(texts):
        ranked.setdefault(rank(text), []).append(text)
    for level in sorted(ranked):
        yield from sorted(ranked[level], key=lambda text: draw(seed + text, 997))


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def distinct(texts: Iterable[str]) -> Iterator[str]:
    """Give each text once, and none sooner than it is asked for."""
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


def _misfit(length: float, aim: float) -> int:
    """How badly a length fits: 0 within a factor of 1.4, 1 within 2, 2 beyond."""
    ratio = max(length, aim) / max(1.0, min(length, aim))
    return 0 if ratio <= 1.4 else 1 if ratio <= 2 else 2


# Options


def other_flags(fact: FlagFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give flags of the same command that do not mean what the fact's flag means."""
    command = grammar.canonical(fact.command)
    same = spellings(fact)
    siblings = [
        other for other in context.siblings(fact, context.flags.get(command, [])) if other.flag not in same
    ]
    too = {flag for other in siblings if alike(other.meaning, fact.meaning) for flag in spellings(other)}
    explained = {flag for other in siblings for flag in spellings(other)}

    def exists(flag: str) -> bool:
        return flag in explained or grammar.find_option(command, flag) is not None

    confused = filter(exists, confused_flags(command, fact.flag))
    tiers = (
        confused,
        [other.flag for other in siblings],
        _grammar_flags(command, fact),
        filter(exists, (other.flag for other in _of_tool(fact, context))),
    )
    long = fact.flag.startswith("--")
    taken: list[str] = []
    for tier, only in _twice(tiers, context.earlier.shown(seed)):
        for flag in sorted(_distinct(tier), key=lambda flag: flag.startswith("--") != long):
            if only and flag not in only:
                continue
            if flag in same or flag in too or any(also_right(f"{command} {own}", flag) for own in same):
                continue
            if len(taken) < most and not _one_option(command, flag, taken):
                taken.append(flag)
    return taken


def _of_tool(fact: FlagFact, context: Context) -> Iterator[FlagFact]:
    """Give the options of the whole tool that stand near the fact; looked for only when they are asked for."""
    yield from context.siblings(fact, context.tool_flags.get(fact.command.split(" ")[0], []))


def spellings(fact: FlagFact) -> frozenset[str]:
    """Every spelling of the fact's option."""
    return _spellings(fact.command, fact.flag, fact.aliases)


@lru_cache(maxsize=4096)
def _spellings(command: str, flag: str, aliases: tuple[str, ...]) -> frozenset[str]:
    option = grammar.find_option(command, flag)
    return frozenset((flag, *aliases, *(option.flags if option else ())))


def _one_option(command: str, flag: str, taken: Sequence[str]) -> bool:
    return flag in taken or any(grammar.same_option(flag, other, command) for other in taken)


@cache
def _plain_options(command: str) -> tuple[tuple[str, str, str], ...]:
    """Short spelling, long spelling and description of the options a client of today lists."""
    known = grammar.commands().get(command)
    if known is None:
        return ()
    listed = [option for option in known.options if not option.removed and not option.hidden and "--help" not in option.flags]
    return tuple((option.flags[0], option.flags[-1], option.description) for option in listed)


def _grammar_flags(command: str, fact: FlagFact) -> list[str]:
    """Flags from the tool's grammar, those that start like the key's first."""
    own = grammar.find_option(command, fact.flag)
    description = own.description if own else ""
    long = fact.flag.startswith("--")
    flags = [
        longest if long else shortest
        for shortest, longest, said in _plain_options(command)
        if not description or fuzz.ratio(said, description) < ALIKE
    ]
    letter = fact.flag.lstrip("-")[:1].casefold()
    return sorted(flags, key=lambda flag: flag.lstrip("-")[:1].casefold() != letter)


def other_meanings(fact: FlagFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give meanings of other options: of the confused ones, of the same command, then of the same tool."""
    command = grammar.canonical(fact.command)
    wording = context.wording(fact)
    siblings = [other for other in context.siblings(fact, context.flags.get(command, [])) if _usable(other.meaning, wording)]
    close = set(confused_flags(command, fact.flag))
    first = [other for other in siblings if close & spellings(other)]
    near = [other for other in siblings if other not in first]
    lines = [other for other in context.tool_commands.get(command.split(" ")[0], []) if other.name == command]
    purposes = [
        other.purpose for other in lines[:MAX_SIBLINGS] if _another_option(other, fact) and _usable(other.purpose, wording)
    ]
    tiers = [[wording.choice(other.meaning) for other in tier] for tier in (first, near)]
    key = wording.choice(fact.meaning)
    shown = context.earlier.shown(seed)
    found = pick_texts(key, [*tiers, map(wording.choice, purposes)], wording, seed, most, shown)
    if len(found) < most - 1:
        return found
    far = [
        other.meaning
        for other in context.siblings(fact, context.tool_flags.get(command.split(" ")[0], []))
        if other.flag not in spellings(fact) and _usable(other.meaning, wording)
    ]
    return pick_texts(key, [found, map(wording.choice, far)], wording, seed, most, shown)


def _another_option(line: CommandFact, fact: FlagFact) -> bool:
    """Tell whether a line of the fact's command has options, and not the fact's."""
    parsed = grammar.parse_command(line.command)
    return parsed is not None and bool(parsed.options) and not {given.flag for given in parsed.options} & spellings(fact)


def _usable(text: str, wording: Wording) -> bool:
    return wording.usable(text, 40 if wording.language == "zh" else 16)


# Commands


def other_commands(fact: CommandFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give command lines with other purposes: lines of the same command, confused ones, siblings, then the
    tool's grammar.
    """
    siblings = [
        other
        for other in context.siblings(fact, context.fellow_commands(fact))
        if not alike(other.purpose, fact.purpose) and not also_right(fact.name, other.name)
    ]
    siblings = [
        other
        for other in siblings
        if other.name == fact.name
        or not any(alike(line.purpose, fact.purpose) for line in context.commands_of(other.name))
    ]
    close = [name for name in confused_commands(fact.name) if not also_right(fact.name, name)]
    same_name = [other.command for other in siblings if other.name == fact.name and set_apart(fact, other, context)]
    siblings = [other for other in siblings if other.name != fact.name]
    first = [other.command for other in siblings if other.name in close]
    known = {other.name for other in siblings}
    built = [_renamed(fact, name) for name in close if name not in known]
    kin = [other for other in siblings if _shares_words(other.purpose, fact.purpose)]
    near = [other for other in siblings if other.source.heading == fact.source.heading]
    kin_near = (other.command for other in kin if other in near)
    rest = (other.command for other in siblings)
    tiers = (
        same_name,
        first,
        built,
        kin_near,
        (other.command for other in near),
        (other.command for other in kin),
        _sibling_subcommands(fact),
        rest,
    )
    limits = (most - 1, most - 1, *(most for _ in tiers[2:]))
    tempting: list[str] = []
    taken: list[str] = []
    for place, (tier, shown) in enumerate(_twice(tiers, context.earlier.shown(seed))):
        limit, last = limits[place % len(tiers)], place % len(tiers) == len(tiers) - 1
        if len(taken) >= limit:
            continue
        alone = "|" not in fact.command
        texts = _distinct(completed(text) for text in tier if text and not (alone and "|" in text))
        for command in _drawn(texts, seed, _by_length_and_place(texts, len(fact.command))):
            if len(taken) < limit and (not shown or command in shown) and not any(
                _one_command(command, other) for other in (fact.command, *taken)
            ):
                taken.append(command)
                if not last and _misfit(len(command), len(fact.command)) < 2:
                    tempting.append(command)
    return taken if len(tempting) >= TEMPTING else []


def completed(line: str) -> str:
    """Give a line that is a Docker command's bare name with the operands it needs, as one types it: `docker attach
    CONTAINER` beside `docker exec CONTAINER sh`.
    """
    known = grammar.commands().get(line)
    needed = [word.split("|")[0].upper() for word in (known.required if known else ()) if word[0].isalpha()]
    if known and " | " in known.usage:
        needed = needed[:1]  # the others may stand in its place
    return " ".join([line, *needed])


def _by_length_and_place(texts: Sequence[str], aim: int) -> Callable[[str], tuple[bool, int]]:
    """Rank texts: what is far too long or short last, then a few neighbours at a time."""
    place = {text: index // NEAREST for index, text in enumerate(texts)}
    return lambda text: (_misfit(len(text), aim) > 1, place[text])


def _told_by_operands(fact: CommandFact, other: CommandFact) -> bool:
    """Tell whether a purpose names something that another line of the command does not: a tag, a name."""
    said = set(_NAMED.findall(fact.purpose.casefold()))
    return bool(said - _operand_words(other) - {word for word in said if word in fact.name})


def _operand_words(fact: CommandFact) -> set[str]:
    """The words of a line's operands; an image without a tag has the tag latest."""
    parsed = grammar.parse_command(fact.command)
    operands = parsed.arguments if parsed else ()
    words = {word for operand in operands for word in re.split(r"[:/@]", operand.casefold())}
    untagged = any(":" not in operand.rpartition("/")[2] for operand in operands)
    return words | {"latest"} if untagged else words


def set_apart(fact: CommandFact, other: CommandFact, context: Context) -> bool:
    """Tell whether the purpose of a line rules out another line of the same command: it asks for what its
    options or operands do, or the other has options it does not ask for.
    """
    own, others = grammar.parse_command(fact.command), grammar.parse_command(other.command)
    if own is None or others is None or is_name_only(fact) or does_too(other.command, fact.command):
        return False
    flags = {given.flag for given in own.options}
    if "$(" in other.command and "$(" not in fact.command and flags == {given.flag for given in others.options}:
        return False  # what works on all works on one
    if flags == {given.flag for given in others.options}:
        if own.arguments and others.arguments:
            return _told_by_operands(fact, other)
        if fact.name in (fact.command.strip(), other.command.strip()):
            return False  # the bare name stands for every line of it
    theirs = {given.flag for given in others.options}
    opposed = any(flag in theirs for own_flag in flags for flag in confused_flags(own.name, own_flag))
    asked_for = any(_shares_words(_meaning(own.name, flag, fact, context), fact.purpose) for flag in flags - theirs)
    if flags & theirs and not opposed and not asked_for:
        return False  # the option that both have may be all that is asked for
    if any(_shares_words(_meaning(own.name, given.flag, fact, context), fact.purpose) for given in others.options
           if given.flag not in flags):  # fmt: skip
        return False  # an option of its own does what is asked for
    if same_section(fact, other):
        return True  # the note itself tells them apart, side by side
    if own.options:
        return options_follow(fact, context)
    named = any(len(word) > 2 and word.casefold() in fact.purpose.casefold() for word in own.arguments)
    return named or (not own.arguments and bool(others.options)) or (bool(others.options) and not others.arguments)


def _meaning(command: str, flag: str, fact: CommandFact, context: Context) -> str:
    """Say what an option does, by the notes or by the client's help; "" when nobody knows."""
    said = (other.meaning for other in context.flags.get(command, []) if flag in (other.flag, *other.aliases))
    return next(said, "") or meaning_of(command, flag, fact.language)


_FORMATS = re.compile(r"\{\{|--format\b|--filter\b|\bgrep\b")


def does_too(line: str, other: str) -> bool:
    """Tell whether a line may do all that another line of the same command does: it has every option of the
    other and more, or one of them only shapes or narrows what the command prints anyway.
    """
    mine, asked = grammar.parse_command(line), grammar.parse_command(other)
    if mine is None or asked is None or mine.name != asked.name:
        return False
    if _FORMATS.search(line) or _FORMATS.search(other):
        return True
    flags = _letters(asked)
    return bool(flags) and flags <= _letters(mine)


def _letters(command: grammar.ParsedCommand) -> set[str]:
    """The options of a line, joined short ones apart: `-am` is `-a` and `-m`."""
    flags = [given.flag for given in command.options]
    return {
        f"-{letter}" if not flag.startswith("--") else flag
        for flag in flags
        for letter in (flag[1:] if not flag.startswith("--") else "-")
    }


def is_name_only(fact: CommandFact) -> bool:
    """Tell whether a line is just a name that needs operands, a Docker command's or a tool's: it stands for
    every line of it.
    """
    known = grammar.commands().get(fact.name)
    if known is None:
        return fact.command.strip() == fact.name and " " not in fact.name
    return fact.command.strip() in (fact.name, *known.aliases) and bool(needed_operands(known))


def options_follow(fact: CommandFact, context: Context) -> bool:
    """Tell whether each option is asked for by the purpose: its meaning shares words with it, or it is what
    sets the line apart from a plainer line the notes explain too.
    """
    parsed = grammar.parse_command(fact.command)
    if parsed is None:
        return False
    if len(parsed.options) == 1 and _plainer(fact, context.tool_commands.get(parsed.tool, [])):
        return True
    known = context.flags.get(parsed.name, [])
    meanings = {flag: other.meaning for other in known for flag in (other.flag, *other.aliases)}
    return all(
        _shares_words(meanings.get(given.flag, ""), fact.purpose) or given.flag in fact.purpose for given in parsed.options
    )


def _plainer(fact: CommandFact, siblings: Sequence[CommandFact]) -> bool:
    return any(other.name == fact.name and other is not fact and " -" not in other.command for other in siblings[:MAX_SIBLINGS])


def is_kin(other: CommandFact, fact: CommandFact) -> bool:
    """Tell whether another line stands in the fact's section and does something of the same sort."""
    if fact.language == "en":
        return False  # English commands are called by what they do, so that nobody believes another deed of them
    shared = _telling(other.purpose) & _telling(fact.purpose)
    return other.source.heading == fact.source.heading and any(not starts_with_action(word) for word in shared)


def _shares_words(meaning: str, purpose: str) -> bool:
    """Tell whether two texts share a pair of Han characters or a Latin word of three letters."""
    return bool(_telling(meaning) & _telling(purpose))


@lru_cache(maxsize=8192)
def _telling(text: str) -> frozenset[str]:
    runs = re.sub(r"[^一-鿿]", " ", text).split()
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1) if not _LINKS.search(run[place : place + 2])}
    return frozenset(pairs | set(re.findall(r"[a-z]{3,}", text.casefold()))) - _EVERYWHERE


def _one_command(first: str, second: str) -> bool:
    return _shape(first) == _shape(second) or same_command(first, second)


def _renamed(fact: CommandFact, name: str) -> str:
    """The fact's line under another command's name; "" where that command would not take its options and
    operands.
    """
    line = fact.command.replace(fact.name, name, 1) if fact.command.startswith(fact.name) else ""
    own, other = grammar.commands().get(fact.name), grammar.commands().get(name)
    if (own is None or other is None) and " -" in fact.command:
        return ""  # nobody knows whether the other command has the option
    fits = own is None or other is None or needed_operands(own) == needed_operands(other) or _takes(other, line)
    return line if line and fits and command_is_sound(line) else ""


def _takes(command: grammar.Command, line: str) -> bool:
    """Tell whether a command takes as many operands as a line gives it."""
    parsed = grammar.parse_command(line)
    given = len(parsed.arguments) if parsed else 0
    endless = any("..." in operand for operand in command.operands)
    return needed_operands(command) <= given and (endless or given <= len(command.operands))


def _shape(command: str) -> str:
    """A command line without its placeholders: two lines of one shape are one command."""
    return " ".join(_PLACEHOLDER.sub("", command).split())


def _sibling_subcommands(fact: CommandFact) -> Iterator[str]:
    """Lines with another subcommand of Docker in place of the key's, where it takes the same operands."""
    if fact.command.startswith(fact.name) and " -" not in fact.command:
        for name in _fellow_subcommands(fact.name):
            yield fact.command.replace(fact.name, name, 1)


@cache
def _fellow_subcommands(name: str) -> tuple[str, ...]:
    """The subcommands of Docker that take the same operands as one and are described otherwise."""
    known = grammar.commands().get(name)
    if known is None:
        return ()
    group = name.rsplit(" ", 1)[0]
    return tuple(
        other.name
        for other in grammar.commands().values()
        if other.name.rsplit(" ", 1)[0] == group
        and other.operands == known.operands
        and other.name != name
        and not also_right(name, other.name)
        and fuzz.ratio(other.description, known.description) < ALIKE
    )


def other_purposes(fact: CommandFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give purposes of other commands."""
    wording = context.wording(fact)
    siblings = [
        other
        for other in context.siblings(fact, context.fellow_commands(fact))
        if _usable(other.purpose, wording)
        and not (also_right(other.name, fact.name) or also_right(fact.name, other.name))
        and not same_command(other.command, fact.command)
        and (other.name != fact.name or (set_apart(fact, other, context) and set_apart(other, fact, context)))
    ]
    own = [other.purpose for other in context.commands_of(fact.name) if other is not fact]
    siblings = [
        other
        for other in siblings
        if other.name == fact.name or not any(alike(other.purpose, purpose) for purpose in own)
    ]
    close = confused_commands(fact.name)
    near = [other for other in siblings if other.name in close or other.name == fact.name]
    kin = [other for other in siblings if same_section(fact, other) and _shares_words(other.purpose, fact.purpose)]
    section = [other for other in siblings if other.source.heading == fact.source.heading]
    kin.sort(key=lambda other: other.source.heading != fact.source.heading)
    texts = [[wording.choice(other.purpose) for other in tier] for tier in (near, kin, section, siblings)]
    known = {other.name for other in siblings} | {fact.name}
    unsaid = [
        purpose_of(name, fact.language)
        for name in close
        if name not in known and not also_right(fact.name, name) and not also_right(name, fact.name)
    ]
    tiers = [texts[0], texts[1], [wording.choice(text) for text in unsaid if text], *texts[2:]]
    found = pick_texts(wording.choice(fact.purpose), tiers, wording, seed, most, context.earlier.shown(seed))
    close_by = {text for tier in tiers[:4] for text in tier}
    return found if len(close_by & set(found)) >= TEMPTING else []


# Terms, columns, values


def other_terms(fact: DefinitionFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give terms of other definitions: of the family, of the section, of the note."""
    wording = context.wording(fact)
    siblings = [other for other in context.siblings(fact, context.definitions) if not _names_one(other, fact)]
    beside = [other.term for other in siblings if other.source.heading == fact.source.heading]
    one_section = [other.term for other in siblings if same_section(fact, other)]
    kin = family(fact.term)
    related = kin if set(kin) & {other.term for other in siblings} else []
    shown = context.earlier.shown(seed)
    found = pick_texts(fact.term, [beside, related], wording, seed, most, shown)
    if len(found) >= FEW:
        return found
    shape = shape_of_term(fact.term)
    far = [term for term in (*one_section, *(other.term for other in siblings)) if shape_of_term(term) == shape]
    return pick_texts(fact.term, [found, far], wording, seed, most, shown)


def shape_of_term(term: str) -> str:
    """What a term looks like: among signs, short forms, numbers or words a thing of another sort stands out."""
    if has_han(term):
        return "han"
    if term[:1].isdigit():
        return "number"
    if looks_like_code(term):
        return "code"
    return "short form" if term.isupper() and " " not in term else "words"


def _names_one(other: DefinitionFact, fact: DefinitionFact) -> bool:
    return alike(other.definition, fact.definition) or other.term in (fact.term, fact.alias) or fact.term in (other.alias,)


def has_double(fact: DefinitionFact, context: Context) -> bool:
    """Tell whether a term near by is described nearly alike, so that it could be typed as well: ADD and COPY."""
    near = context.siblings(fact, context.definitions)
    return any(fuzz.ratio(_bare(other.definition), _bare(fact.definition)) >= DOUBLE for other in near)


def other_definitions(fact: DefinitionFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give definitions of other terms: of the same section and shape first."""
    wording = context.wording(fact)
    siblings = _defined_beside(fact, context)
    beside = [other for other in siblings if other.source.heading == fact.source.heading]
    one_section = [other for other in siblings if same_section(fact, other)]
    key, shown = wording.choice(fact.definition), context.earlier.shown(seed)
    found = pick_texts(key, [[wording.choice(other.definition) for other in beside]], wording, seed, most, shown)
    if len(found) >= FEW:
        return found
    shape = shape_of_term(fact.term)
    like = [[other for other in group if shape_of_term(other.term) == shape] for group in (one_section, siblings)]
    texts = [[wording.choice(other.definition) for other in _of_one_shape_first(fact, group)[0]] for group in like]
    return pick_texts(key, [found, *texts], wording, seed, most, shown)


def near_definitions(fact: DefinitionFact, context: Context, seed: str, most: int) -> list[str]:
    """Give definitions of terms of the same section: what could be said of the fact's term with a straight face."""
    wording = context.wording(fact)
    near = [other for other in _defined_beside(fact, context) if other.source.heading == fact.source.heading]
    texts = [[wording.choice(other.definition) for other in tier] for tier in _of_one_shape_first(fact, near)]
    return pick_texts(wording.choice(fact.definition), texts, wording, seed, most, context.earlier.shown(seed))


def _defined_beside(fact: DefinitionFact, context: Context) -> list[DefinitionFact]:
    wording = context.wording(fact)
    return [
        other
        for other in context.siblings(fact, context.definitions)
        if _usable(other.definition, wording)
        and not _names_one(other, fact)
        and other.term not in fact.definition
        and fact.term not in other.definition
    ]


def _of_one_shape_first(
    fact: DefinitionFact, others: Sequence[DefinitionFact]
) -> tuple[list[DefinitionFact], Sequence[DefinitionFact]]:
    """Put definitions that begin like the fact's in front: "a tool that …" beside "an agent that …"."""
    shape = _shape_of(fact.definition)
    return [other for other in others if _shape_of(other.definition) == shape], others


def _shape_of(text: str) -> str:
    first = text.split(" ", 1)[0].casefold()
    if first in ("a", "an", "the"):
        return "noun"
    return "verb" if first.isascii() and first.endswith("s") and len(first) > 3 else "other"


def other_cells(fact: RowFact, context: Context) -> list[RowFact]:
    """Give the rows of the same column whose name and value are others."""
    return [
        other
        for other in context.column(fact)
        if other.name != fact.name
        and not alike(other.value, fact.value)
        and normal(other.value) not in normal(fact.value)
    ]


def other_years(fact: QuantityFact, context: Context, seed: str, most: int = WANTED) -> list[str]:
    """Give the years of other events of the notes, the nearest in time first."""
    if not fact.value.isdigit():
        return []
    own = int(fact.value)
    place = bisect_left(context.years, own)
    window = [year for year in context.years[max(0, place - WANTED) : place + WANTED + 1] if year != own]
    near = sorted(window, key=lambda year: (abs(year - own), year))[: most + 1]
    usable = [str(year) for year in near if str(year) not in fact.sentence]
    return sorted(usable, key=lambda year: draw(seed + year, 997))[:most]


def other_columns(fact: ColumnFact, context: Context) -> list[ColumnFact]:
    """Give the other explained columns of the same output, whose meanings differ from the key's."""
    return [
        other
        for other in context.siblings(fact, context.columns.get(fact.command, []))
        if other.column != fact.column and not alike(other.meaning, fact.meaning)
    ]


def other_values(value: str, sentence: str, wording: Wording, seed: str, most: int = WANTED) -> list[str]:
    """Give values of the same kind as a value that is not in the sentence: a family, a twin, plausible
    numbers.
    """
    candidates = [other for other in family(value) if other not in sentence]
    twin = partner(value, wording.language, sentence)
    if twin and twin not in sentence:
        candidates.insert(0, twin)
    if re.fullmatch(r"\d+(?:\.\d+)?", value):
        candidates += other_numbers(value, sentence)
    return _distinct(candidates)[:most]


def other_numbers(value: str, sentence: str = "") -> list[str]:
    """Give plausible other numbers: halves, doubles, tens, never the neighbour by one, as precise."""
    number = float(value)
    if 1000 <= number <= 2100 and len(value) == 4:
        return []  # a year or the name of a release
    decimals = len(value.partition(".")[2])
    factors = (3, 0.5, 6, 2, 10, 0.1, 5, 0.2) if number < 100 else (2, 0.5, 10, 0.1, 4, 1.5)
    texts = [f"{number * factor:.{decimals}f}" for factor in factors if decimals or (number * factor) % 1 == 0]
    used = set(re.findall(r"\d+(?:\.\d+)?", sentence))
    return [text for text in _distinct(texts) if text not in used and text != value and float(text) > 0]
