"""The gate: rules of good items that a program can see, in Chinese and English. A flawed candidate is
repaired or dropped.

After the published nineteen-criteria rubric for multiple-choice items, as far as rules reach, and for the
other kinds alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from notes.facts import Language
from quizzes.leaks import leaks
from quizzes.questions import Question
from quizzes.typed import normal
from quizzes.wording import WORDINGS
from quizzes.wording.tidy import HAN, has_han, outside_code

_FENCE = re.compile(r"```\n.*?\n```", re.S)
_DEBRIS = re.compile(
    r"\*\*|~~~|(?<!_)__(?!_)|<(?:/?(?:font|span|br|b|i|u|p|div|center|img|a)\b[^>]*)>|\]\(|!\[|&(?:nbsp|lt|gt|amp|quot);|"
    r"\ue000|\ue001|^\s*#{1,6}\s|\{[%{]|\\n",
    re.M,
)
_ALL_OF = re.compile(r"以上(?:都|全|皆)|都不对|都正确|\b(?:all|none|both) of the above\b", re.I)
_ABSOLUTE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"绝对|一律|永远|任何情况|毫无例外|必然"),
    "en": re.compile(r"\b(?:always|never|absolutely|under no circumstances|invariably)\b", re.I),
}
_PRONOUN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"^[“\"]?(?:它们?|他们?|她们?|这(?!个命令的|条命令的)|那(?!么)|该|其(?!他|它|中)|此(?!外)|前者|后者|上述)"
    ),
    "en": re.compile(
        r"^[“\"]?(?:it|its|this|that|these|those|they|he|she|such)\b(?! of| option| command)", re.I
    ),
}
_SOURCE = re.compile(r"第\s?\d+\s?行|according to (?:the )?(?:line|notes? above)|\bline \d+ of\b", re.I)
_MIXED = re.compile(rf"[{HAN}][,;?!](?![\d/])|[{HAN}]:(?=\s|[{HAN}])|[{HAN}]\([{HAN}]")
_NEGATED_STEM = re.compile(
    r"\b(?:is|are|does|do) not\b|\bexcept\b|(?:不正确|错误|不属于|不是)的(?:是|一项)", re.I
)
_DOUBLED_MARK = re.compile(r"([。！？，；：])\1+")
_DOUBLED = re.compile(r"([。！？，；：])\1|。，|，。|。？|\.\.")
_SPAN = re.compile(r"`[^`]*`")
_LONGEST = 1.5  # the key is clearly the longest from this factor over the next
_STEM_WORD = re.compile(r"[a-z]{5,}")


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a question."""

    name: str  # word for counting: "key is longest"
    detail: str = ""


def check(question: Question) -> list[Flaw]:
    """Give every flaw the rules see; an empty list is a question that may be asked."""
    return [flaw for rule in RULES for flaw in rule(question)]


def repaired(question: Question) -> Question:
    """Mend what can be mended without asking anew: doubled marks and spaces of the prompt."""
    if not _DOUBLED.search(question.prompt):
        return question
    prompt = outside_code(lambda part: _DOUBLED_MARK.sub(r"\1", part), question.prompt)
    prompt = (
        prompt.replace("。，", "，").replace("，。", "。").replace("。？", "？").replace("..", "..")
        if "```" not in prompt
        else prompt
    )
    return question if prompt == question.prompt else replace(question, prompt=prompt)


def debris(question: Question) -> Iterator[Flaw]:
    for text in (_prose(question.prompt), *question.choices):
        if _DEBRIS.search(_uncoded(text).replace("____", "")):
            yield Flaw("leftovers of Markdown or HTML", text[:60])
    if question.prompt.replace("```", "").count("`") % 2:
        yield Flaw("an odd number of backticks", question.prompt[:60])


def pronoun(question: Question) -> Iterator[Flaw]:
    if _PRONOUN[question.language].search(_prose(question.prompt).strip()):
        yield Flaw("a pronoun without its noun", question.prompt[:60])


def source(question: Question) -> Iterator[Flaw]:
    if _SOURCE.search(_prose(question.prompt)):
        yield Flaw("the prompt points at a line of the notes")


def mixed_width(question: Question) -> Iterator[Flaw]:
    for text in (_prose(question.prompt), *question.choices):
        if question.language == "zh" and _MIXED.search(_uncoded(text, "x")):
            yield Flaw("half-width marks in Chinese prose", text[:60])


def empty(question: Question) -> Iterator[Flaw]:
    if (
        not question.prompt.strip()
        or not question.explanation.strip()
        or any(not choice.strip() for choice in question.choices)
    ):
        yield Flaw("an empty part")


def same_choices(question: Question) -> Iterator[Flaw]:
    seen = [normal(choice) if not choice.startswith("`") else choice for choice in question.choices]
    if len(set(seen)) < len(seen):
        yield Flaw("two choices are the same")


def all_of_the_above(question: Question) -> Iterator[Flaw]:
    if any(_ALL_OF.search(choice) for choice in question.choices):
        yield Flaw("all or none of the above")


def absolute(question: Question) -> Iterator[Flaw]:
    if _one_of(question):
        wrong = [
            choice
            for choice in question.choices
            if choice != question.answer and _ABSOLUTE[question.language].search(choice)
        ]
        if wrong and not _ABSOLUTE[question.language].search(str(question.answer)):
            yield Flaw("an absolute word gives a wrong choice away", wrong[0][:60])


def longest_key(question: Question) -> Iterator[Flaw]:
    if _one_of(question) and key_is_longest(question):
        yield Flaw("the key is clearly the longest choice", str(question.answer)[:60])


def key_is_longest(question: Question) -> bool:
    """Tell whether the key stands out by its length."""
    length = WORDINGS[question.language].length
    key = length(str(question.answer))
    others = [length(choice) for choice in question.choices if choice != question.answer]
    return bool(others) and key >= 10 and key > _LONGEST * max(others)


def overlap(question: Question) -> Iterator[Flaw]:
    """A choice that holds another as a part: both may be right. Code is compared word by word elsewhere."""
    texts = [normal(choice) for choice in question.choices if not choice.startswith("`")]
    if (
        _one_of(question)
        and question.kind != "output_reading"
        and any(first != second and len(first) > 3 and first in second for first in texts for second in texts)
    ):
        yield Flaw("one choice holds another")


def answer_in_stem(question: Question) -> Iterator[Flaw]:
    prompt = _prose(question.prompt)
    if (
        _one_of(question)
        and question.kind == "single_choice"
        and question.direction not in ("contrast", "value", "keyword", "consequence")
    ):
        key = str(question.answer).strip("`")
        if leaks(prompt, key) and not any(
            leaks(prompt, str(choice)) for choice in question.choices if choice != question.answer
        ):
            yield Flaw("the stem gives the key away", key[:60])
    if question.kind == "cloze" and any(
        leaks(_without_gaps(prompt), form) for forms in question.answers for form in forms[:1]
    ):
        yield Flaw("the answer stands on the card", question.prompt[:60])


def stem_word_only_in_key(question: Question) -> Iterator[Flaw]:
    """A rare word that only the stem and the key share points at the key."""
    if question.kind != "single_choice" or str(question.answer).startswith("`"):
        return
    stem = set(_STEM_WORD.findall(_uncoded(question.prompt.casefold())))
    shared = stem & set(_STEM_WORD.findall(str(question.answer).casefold()))
    others = " ".join(choice.casefold() for choice in question.choices if choice != question.answer)
    telling = [
        word
        for word in shared
        if word not in others and word not in ("which", "describes", "container", "image", "command")
    ]
    if telling:
        yield Flaw("a word of the stem stands only in the key", telling[0])


def negation(question: Question) -> Iterator[Flaw]:
    if question.kind in ("single_choice", "multiple_answers") and _NEGATED_STEM.search(
        _prose(question.prompt).split("“")[0]
    ):
        yield Flaw("a negation in the stem is not marked")


def gaps(question: Question) -> Iterator[Flaw]:
    count = question.prompt.count("____")
    if question.kind == "cloze" and (count != len(question.answers) or not 1 <= count <= 3):
        yield Flaw("the gaps do not fit the answers")


def language(question: Question) -> Iterator[Flaw]:
    if question.language == "zh" and not has_han(question.prompt):
        yield Flaw("the prompt is not in the language of the note", question.prompt[:60])


def _one_of(question: Question) -> bool:
    return question.kind in ("single_choice", "output_reading", "error_diagnosis")


def _prose(text: str) -> str:
    return _FENCE.sub("", text) if "```" in text else text


def _uncoded(text: str, instead: str = "") -> str:
    return _SPAN.sub(instead, text) if "`" in text else text


def _without_gaps(text: str) -> str:
    return text.replace("____", "")


RULES: tuple[Callable[[Question], Iterator[Flaw]], ...] = (
    empty,
    debris,
    pronoun,
    source,
    mixed_width,
    same_choices,
    all_of_the_above,
    absolute,
    longest_key,
    overlap,
    answer_in_stem,
    stem_word_only_in_key,
    negation,
    gaps,
    language,
)
