# ruff: noqa: E501 - a sentence stays on its line
"""English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from notes.grammar import is_tool
from notes.wording import EN_VERBS, are_things
from quizzes.wording.base import Wording, word_list
from quizzes.wording.tidy import code, english, looks_like_code, named, phrase, plain
from quizzes.wording.zh import balanced, echoes, shown

_VERBS = frozenset(word_list("verbs.en.txt")) | EN_VERBS
_OPENERS = re.compile(
    r"^(?:used to|will|allows? (?:you|us|the user) to|lets you|is used to|can be used to|this (?:option|command|flag) "
    r"(?:is used to|will|can)?|if set, ?|to)\s+(?=\w)",
    re.I,
)
_STARTS_BADLY = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|them|such|he|she|but|and|or|so|then|also|however|because|therefore|same|see|as above|"
    r"ditto|same as)\b",
    re.I,
)
_REFERS = re.compile(
    r"\b(?:as follows|below|above|here|shown|this example|the previous|the following|see also|next section|earlier|"
    r"this section|this article|this page)\b|\b(?:that|this|it|them|one|here|there)$",
    re.I,
)
_ROUGH = re.compile(r"(?-i:^I\b|\bI (?:am|was|have|think|will|would|can|did|do|use|want|need)\b|\bI')|\b(?:we|we're|our|my|me|maybe|TODO|tbd|please|duh|etc)\b|\?|\||…|\.\.\.|https?://|!!", re.I)
_MASKED = re.compile(r"`[^`]*`")
_FINITE = re.compile(r"(?:is|are|was|were|has|have|can|cannot|must|will|does|do|may|needs?|keeps?)\b", re.I)
_FORBIDS = re.compile(r"(?:do not|don't|does not|doesn't)\b", re.I)
_ORDERS = {"never": "You should never ", "do not": "You should not ", "don't": "You should not ", "avoid": "You should avoid "}
_ORDER = re.compile(r"^(never|do not|don't|avoid) ", re.I)
#: Heads of columns: a verb with its preposition ("Stands for"), and more than one thing ("Commands").
_VERB_HEAD = re.compile(r"[A-Za-z][a-z]+s (?:for|to|by|with|in|of|from|on)$")
_NO_NOUN = re.compile(
    r"^(?:what|when|how|why|where|who|is|are|can|does|do|has|used|raised|called|needs?)\b|"
    r"\b(?:when|where|if|by|with|to|of|in|on|at|from|as|for|is|are)\??$|\?$",
    re.I,
)
_PLURAL = re.compile(r"[A-Za-z]{2,}(?<![sui])s$")
_IN_TIME = ": events in order of time"  # the end of a timeline's name
_PLAIN_WORD = re.compile(r"(?:[a-z]+[,;]?|non-[a-z]+)(?:\s|$)")
_CUT_OFF = re.compile(r"(?:[:(]|\b(?:the|a|an|of|to|and|or|with|for|in))$")

#: How a question begins that a topic can be put before.
_ASKS = re.compile(r"(?:Which|What|Match|Put|The same)\b")


def _stack(name: str) -> str:
    """What the layers of a stack are layers of."""
    return f"“{re.sub('^(?:the )?layers of (?:an? |the )?', '', name.partition(': layers ')[0], flags=re.I)}”"


class English(Wording):
    """Plain English for learners."""

    language = "en"

    def prose(self, text: str) -> str:
        return english(text)

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def choice(self, text: str) -> str:
        bare = phrase(_OPENERS.sub("", english(phrase(text))))
        return bare[:1].upper() + bare[1:] if _PLAIN_WORD.match(bare) else bare

    def length(self, text: str) -> float:
        return len(text.replace("`", ""))

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def usable(self, text: str, most: int | None = None) -> bool:
        bare = phrase(_MASKED.sub("code", text))
        if _STARTS_BADLY.search(bare) or _REFERS.search(bare) or _ROUGH.search(bare) or not balanced(text):
            return False
        words = bare.split()
        ends = not _CUT_OFF.search(text.rstrip())
        return 2 <= len(words) <= (most or 25) and ends

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def base(self, meaning: str) -> str | None:
        """Give the phrase with its first verb in the base form, None when it was not recognised."""
        meaning = phrase(_OPENERS.sub("", english(phrase(meaning))))
        first, _, rest = meaning.partition(" ")
        verb = None if _FORBIDS.match(meaning) or are_things(first, rest.split(" ")[0]) else _base_verb(first.lower())
        if verb is None or (first.lower() != verb and re.search(r"\b(?:and|or|but|then) (?:does|is|has|\w+s)\b", rest)):
            return None
        return f"{verb} {rest}".strip()

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def third(self, meaning: str) -> str | None:
        """Give the phrase if its first verb stands in the third person: "creates a container"."""
        meaning = phrase(english(phrase(meaning)))
        first, _, rest = meaning.partition(" ")
        verb = None if are_things(first, rest.split(" ")[0]) else _base_verb(first.lower())
        return f"{first.lower()} {rest}".strip() if verb and verb != first.lower() and first.lower().endswith("s") else None

    def within(self, topic: str, prompt: str) -> str:
        if not topic:
            return prompt
        asking = _ASKS.match(prompt)
        if " · " in topic or not (asking or prompt.startswith(("`", "“"))):
            return f"[{topic}] {prompt}"
        article = "a " if topic == "Dockerfile" else ""
        return f"In {article}{topic}, {prompt[0].lower() if asking else prompt[0]}{prompt[1:]}"

    def term(self, term: str) -> str:
        return code(term) if looks_like_code(term) else english(term)

    # Options
    def option_meaning(self, command: str, option: str) -> str:
        return f"What does {code(option)} do in {code(command)}?"

    def meaning_option(self, command: str, meaning: str, typed: bool = False) -> str:
        base = self.base(meaning)
        if base:
            return (
                f"To {base}, add the option ____ to {code(command)}."
                if typed
                else f"Which option of {code(command)} lets you {base}?"
            )
        if typed:
            return f"The option of {code(command)} described as “{self.choice(meaning)}” is ____."
        return f"Which option of {code(command)} is described as “{self.choice(meaning)}”?"

    def option_statement(self, command: str, option: str, meaning: str) -> str:
        base = self.base(meaning)
        if base:
            return f"In {code(command)}, the option {code(option)} is used to {base}."
        return f"In {code(command)}, the option {code(option)} means: {self.choice(meaning)}."

    def option_contrast(self, command: str, first: str, second: str) -> str:
        return f"How do {code(first)} and {code(second)} of {code(command)} differ?"

    def option_pair(self, first: str, first_meaning: str, second: str, second_meaning: str) -> str:
        return f"{code(first)}: {self.choice(first_meaning)}; {code(second)}: {self.choice(second_meaning)}"

    def option_default(self, command: str, option: str) -> str:
        return f"What is the default of {code(option)} in {code(command)}?"

    def options_right(self, command: str) -> str:
        return f"Which of these statements about options of {code(command)} are right? (Choose all that apply.)"

    def options_match(self, command: str) -> str:
        return f"Match the options of {code(command)} with what they do."

    # Commands
    def purpose_command(self, purpose: str) -> str:
        third, base = self.third(purpose), self.base(purpose)
        if third:
            return f"Which command {third}?"
        if base:
            return f"Which command do you run to {base}?"
        return f"Which command is described as “{self.choice(purpose)}”?"

    def command_wanted(self, goal: str) -> str:
        return f"Which command do you run to {goal}?"

    def command_purpose(self, command: str) -> str:
        return f"What does {code(command)} do?"

    def command_statement(self, command: str, purpose: str) -> str:
        third, base = self.third(purpose), self.base(purpose)
        if third:
            return f"{code(command)} {third}."
        return f"{code(command)} is used to {base}." if base else f"{code(command)} is described as: {self.choice(purpose)}."

    def command_for(self, tool: str, goal: str) -> str:
        return f"Write the {code(tool)} command to {goal}." if tool else f"Write a command to {goal}."

    def command_typed(self, tool: str, purpose: str, given: Sequence[tuple[str, str]], bare: bool = False) -> str:
        third, base = self.third(purpose), self.base(purpose)
        named = ", ".join(f"{kind} {code(name)}".strip() for kind, name in given)
        names = named if all(kind for kind, _ in given) else f"use {named}"
        hint = f" ({names})" if given else " (its name only, without arguments)" if bare else ""
        if third:
            return f"Write the {code(tool)} command that {third}{hint}."
        if base:
            return f"Write the {code(tool)} command to {base}{hint}."
        return f"Write the {code(tool)} command that is described as “{self.choice(purpose)}”{hint}."

    def commands_match(self, about: str) -> str:
        return f"Match the commands{f' about “{about}”' if about else ''} with what they do."

    def commands_right(self, about: str) -> str:
        topic = f" about “{about}”" if about else ""
        return f"Which of these descriptions of commands{topic} are right? (Choose all that apply.)"

    def sentences_match(self, frame: str) -> str:
        return f"Make pairs so that the sentence “{frame.rstrip('.')}” becomes true."

    def statements_right(self, about: str) -> str:
        topic = f" about “{about}”" if about else ""
        return f"Which of these statements{topic} are right? (Choose all that apply.)"

    def members_right(self, opening: str) -> str:
        return english(f"{opening.rstrip()} which of these? (Choose all that apply.)")

    # Terms
    def definition_term(self, definition: str) -> str:
        third = self.third(definition)
        if third:
            return f"Which of these {third}?"
        return f"Which of these is described as “{self.choice(definition)}”?"

    def term_definition(self, term: str) -> str:
        return f"Which of these describes {named(term, '“', '”')}?"

    def term_statement(self, term: str, definition: str) -> str:
        third = self.third(definition)
        if third:
            return f"{self.term(term)} {third}."
        name = named(term, "“", "”")
        if re.match(r"(?:a|an|the) ", definition, re.I):
            common = re.fullmatch(r"[a-z][a-z -]+", term) and not is_tool(term)
            subject = f"{'An' if term[0] in 'aeiou' else 'A'} {term}" if common and not term.endswith("s") else name
            return f"{subject} is {definition[:1].lower()}{phrase(english(definition))[1:]}."
        return f"{name} is described as: {self.choice(definition)}."

    def term_gap(self, definition: str) -> str:
        return f"Which term is described as “{self.choice(definition)}”? Answer: ____"

    def term_in_gaps(self, masked: str) -> str:
        return f"The same term belongs into every gap of “{self.choice(masked)}”. Which term is it?"

    def terms_match(self) -> str:
        return "Match the terms with their descriptions."

    def names_match(self) -> str:
        return "Match the terms with their other names."

    def served_match(self, whole: str, verb: str, served: Sequence[str]) -> str:
        return english(f"Match {whole or 'these'} with what each of them is for.")

    # Tables
    def row_value(self, sort: str, name: str, attribute: str) -> str:
        if _VERB_HEAD.match(attribute):
            return f"What does the {_kind(sort)} {named(name, '“', '”')} {_base_head(attribute)}?"
        if _NO_NOUN.search(attribute):
            return f"Which entry under “{attribute}” belongs to {self._one(sort, name)}?"
        belong = "belong" if _PLURAL.search(attribute) else "belongs"
        return f"Which {_lower(attribute)} {belong} to {self._one(sort, name)}?"

    def row_name(self, sort: str, attribute: str, value: str) -> str:
        if _VERB_HEAD.match(attribute):
            return f"Which {_kind(sort)} {attribute.lower()} {named(value, '“', '”')}?"
        if _NO_NOUN.search(attribute):
            return f"For which {_kind(sort)} is the entry under “{attribute}” {named(value, '“', '”')}?"
        return f"Which {_kind(sort)} has the {_lower(attribute)} {named(value, '“', '”')}?"

    def row_statement(self, sort: str, name: str, attribute: str, value: str) -> str:
        if _VERB_HEAD.match(attribute):
            return f"{self._one(sort, name, 'The')} {attribute.lower()} {named(value, '“', '”')}."
        if _NO_NOUN.search(attribute):
            return f"The entry under “{attribute}” for {self._one(sort, name)} is {named(value, '“', '”')}."
        verb = "are" if _PLURAL.search(attribute) else "is"
        return f"The {_lower(attribute)} of {self._one(sort, name)} {verb} {named(value, '“', '”')}."

    def rows_match(self, sort: str, attribute: str) -> str:
        if _VERB_HEAD.match(attribute):
            return f"Match each {_kind(sort)} with what it {attribute.lower()}."
        if _NO_NOUN.search(attribute):
            return f"Match each {_kind(sort)} with its entry under “{attribute}”."
        return f"Match each {_kind(sort)} with its {_lower(attribute)}."

    def _one(self, sort: str, name: str, article: str = "the") -> str:
        return f"{article} {_kind(sort)} {named(name, '“', '”')}"

    # Contrasts, properties, quantities
    def contrast_value(self, subject: str, other: str, dimension: str) -> str:
        about = f" in “{dimension}”" if dimension else ""
        return f"{shown(subject)} and {shown(other)} differ{about}. Which of these is true of {shown(subject)}?"

    def contrast(self, first: str, second: str) -> str:
        return f"How do {shown(first)} and {shown(second)} differ?"

    def contrast_pair(self, first: str, first_value: str, second: str, second_value: str) -> str:
        one, two = self._predicate(first_value), self._predicate(second_value)
        if one and two:
            return f"{shown(first)} {one}; {shown(second)} {two}"
        return f"{shown(first)}: {self.choice(first_value)}; {shown(second)}: {self.choice(second_value)}"

    def contrast_statement(self, subject: str, dimension: str, value: str) -> str:
        if dimension:
            return f"Under “{dimension}”, the entry for {shown(subject)} is “{value.strip(' .')}”."
        predicate = self._predicate(value)
        if predicate:
            return f"{shown(subject)} {predicate}."
        base = self.base(value)
        return f"{shown(subject)} is used to {base}." if base else f"{shown(subject)}: {self.choice(value)}."

    def _predicate(self, value: str) -> str | None:
        """Give a value that can follow its subject as it is: "is mutable", "copies a file"."""
        bare = phrase(english(phrase(value)))
        return bare if _FINITE.match(bare) else self.third(value)

    def contrast_match(self, dimension: str) -> str:
        return (
            f"Match each with what is said of it regarding “{dimension}”." if dimension else "Match each with what is said of it."
        )

    def fill(self, sentence: str) -> str:
        return english(sentence)

    def fill_either(self, sentence: str, one: str, other: str) -> str:
        return english(f"{sentence} (Write “{one}” or “{other}”.)")

    def fill_choice(self, sentence: str) -> str:
        return english(f"{sentence} What belongs into the gap?")

    def judge(self, sentence: str) -> str:
        """Set a statement; an order ("Never …") becomes one that can be true or false."""
        return english(_ORDER.sub(lambda found: _ORDERS[found.group(1).casefold()], sentence))

    # Sequences, outputs, errors
    def order(self, name: str) -> str:
        if name.endswith(_IN_TIME):
            return english(f"Put these events of “{name.removesuffix(_IN_TIME)}” in order of time.")
        return english(f"Put the steps of “{self.choice(name)}” in the right order.")

    def next_step(self, name: str, step: str) -> str:
        name = self.choice(name).removesuffix(_IN_TIME)
        return english(f"In “{name}”, what comes right after “{step}”?")

    def in_place_of(self, name: str, other: str, layer: str, count: int) -> str:
        of = _stack(self.choice(other))
        return english(f"Compare the layers of {_stack(self.choice(name))} and {of}: what of {of} does the “{layer}” replace?")

    def joined(self, parts: Sequence[str]) -> str:
        return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]

    def comes_before(self, name: str, first: str, second: str) -> str:
        after = "comes after" if name.endswith(_IN_TIME) else "comes right after"
        return english(f"In “{self.choice(name).removesuffix(_IN_TIME)}”, “{second}” {after} “{first}”.")

    def column_statement(self, command: str, column: str, meaning: str) -> str:
        return f"The column {code(column)} in the output of {code(command)} is described as: {self.choice(meaning)}."

    def labelled(self, label: str, text: str) -> str:
        return f"{label}: {text}"

    def reading(self, command: str, output: str, ask: str) -> str:
        return f"{code(command)} printed this:\n```\n{output}\n```\n{ask}"

    def column_meaning(self, command: str, column: str) -> str:
        return f"What does the column `{column}` in the output of {code(command)} show?"

    def meaning_column(self, command: str, meaning: str) -> str:
        return f"Which column in the output of {code(command)} is described as “{self.choice(meaning)}”?"

    def columns_match(self, command: str) -> str:
        return f"Match the columns in the output of {code(command)} with what they show."

    def columns_right(self, command: str) -> str:
        return f"Which of these statements about the columns in the output of {code(command)} are right? (Choose all that apply.)"

    def error_cause(self, message: str) -> str:
        return f"What is the most likely cause of this error?\n```\n{message}\n```"

    def error_fix(self, message: str) -> str:
        return f"How should you deal with this error?\n```\n{message}\n```"

    def error_command(self, message: str) -> str:
        return f"Which command helps against this error?\n```\n{message}\n```"

    def error_told(self, cause: str, fix: str, command: str) -> str:
        parts = (f"Cause: {cause}." if cause else "", f"What helps: {fix or command}{f' ({command})' if fix and command else ''}.")
        return english(" ".join(part for part in parts[: 2 if fix or command else 1] if part))

    # Explanations
    def explanation(self, said: str, passage: str) -> str:
        quoted = _quoted(passage)
        said = english(said)
        return said if not quoted or echoes(_bare(quoted), _bare(said)) else f"{said} The notes say: “{quoted}”."

    def instead(self, wrong: str, right: str) -> str:
        return f"“{wrong}” is wrong; it should be “{right}”."

    def key_is(self, key: str) -> str:
        return f"The answer is {key}."

    def order_is(self, steps: Sequence[str]) -> str:
        return f"The right order: {' → '.join(steps)}."

    def choice_means(self, choice: str, meaning: str) -> str:
        return self.choices_mean([(choice, meaning)])

    def choices_mean(self, pairs: Sequence[tuple[str, str]]) -> str:
        told = "; ".join(f"{choice}: {self.choice(meaning)}" for choice, meaning in pairs)
        return f" By contrast, {told}."


def _lower(head: str) -> str:
    """Give the head of a column inside a sentence: names and shorts keep their capitals."""
    return head[:1].lower() + head[1:] if re.match(r"[A-Z][a-z]+(?![A-Z])", head) else head


def _kind(sort: str) -> str:
    """Give the head of the first column as the name of one of its things: "Exit codes" is "exit code"."""
    lowered = sort.lower() if sort.isupper() and " " in sort else _lower(sort)
    if lowered.endswith("ies"):
        return lowered.removesuffix("ies") + "y"
    return lowered[:-1] if _PLURAL.search(lowered) and not lowered.isupper() else lowered


def _base_head(head: str) -> str:
    first, _, rest = head.lower().partition(" ")
    return f"{_base_verb(first) or first.removesuffix('s')} {rest}".strip()


def _base_verb(word: str) -> str | None:
    """Give the base form of a verb in the table: "copies" and "copying" give "copy"."""
    if word in _VERBS:
        return word
    endings = (("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ing", ""), ("ing", "e"))
    for ending, instead in endings:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and stem in _VERBS:
            return stem
        if ending == "ing" and word.endswith(ending) and len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in _VERBS:
            return stem[:-1]
    return None


@lru_cache(maxsize=1024)  # the questions of one fact come one after the other
def _quoted(passage: str) -> str:
    return _shortened(phrase(plain(passage)))


def _shortened(text: str, most: int = 220) -> str:
    """Cut a long passage at the end of a sentence or a clause."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in re.finditer(r"[.;,!?](?= )", text[:most])]
    return text[: ends[-1] if ends else most].rstrip(" ,;.") + " …"


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
