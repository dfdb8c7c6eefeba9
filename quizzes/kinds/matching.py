"""Two columns to pair: options and what they do, commands and purposes, terms and descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from notes.facts import Fact, Language, PairsFact
from quizzes.context import Context
from quizzes.groups import Group, groups, is_judged
from quizzes.kinds.base import Candidate, Drop, QuestionKind, ResponseError, candidate, judged
from quizzes.kinds.build import build, jumbled
from quizzes.leaks import leaks
from quizzes.questions import Difference, Question, Response, Verdict
from quizzes.wording.base import Wording

KIND = "matching"


class Matching(QuestionKind):
    """The learner gives each left side its right side; the score is the share of right pairs."""

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "配对题", "en": "Matching"}
    widget = "pairs"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        asked = {fact.id for fact in facts}
        for group in groups(context):
            if group.members[0].fact.id in asked and not is_judged(group):
                members = [member.fact for member in group.members]
                yield candidate(KIND, "pairs", members, partial(_match, group, context))
        for fact in facts:
            if isinstance(fact, PairsFact):
                yield candidate(KIND, "pairs", [fact], partial(_side_by_side, fact, context))

    def check(self, question: Question, response: Response) -> Verdict:
        key = question.answer
        if not isinstance(response, dict) or not isinstance(key, dict):
            raise ResponseError("matching: the response must give each left side its right side")
        if not set(response) <= set(key):
            raise ResponseError("matching: the response names a left side the question does not have")
        differences = [_difference(question, left, right, str(response.get(left, ""))) for left, right in key.items()]
        return judged(question, sum(difference.met for difference in differences) / len(key), differences)


def _difference(question: Question, left: str, right: str, found: str) -> Difference:
    met = found == right
    pair = f"{left} → {right}"
    if question.language == "zh":
        return Difference(left, right, found, f"{pair}，配对正确。" if met else f"应为 {pair}。", met)
    return Difference(left, right, found, f"{pair}: right." if met else f"It should be {pair}.", met)


def _match(group: Group, context: Context) -> Iterator[Question]:
    first, *rest = (member.fact for member in group.members)
    pairs = {member.left: member.right for member in group.members}
    wording = context.wording(first)
    said = ("；" if first.language == "zh" else "; ").join(wording.labelled(left, right) for left, right in pairs.items())
    full_stop = "。" if first.language == "zh" else "."
    yield build(
        KIND,
        first,
        "pairs",
        wording.within(_topic(group, context), _prompt(group, wording)),
        pairs,
        said + full_stop,
        also=rest,
        choices=jumbled(KIND, first, "pairs", list(pairs.values()), rest),
        difficulty="understanding",
    )


def _side_by_side(fact: PairsFact, context: Context) -> Iterator[Question]:
    """Pair what the note sets side by side."""
    wording = context.wording(fact)
    pairs = {wording.term(one): wording.term(other) for one, other in fact.pairs}
    told = fact.sort == "served" and any(leaks(left, right) for left, right in pairs.items())
    if told or len(set(pairs.values())) < len(fact.pairs):
        return
    served = [other for _, other in fact.pairs]
    prompt = wording.names_match() if fact.sort == "glosses" else wording.served_match(fact.whole, fact.verb, served)
    said = wording.key_is("；".join(wording.labelled(left, right) for left, right in pairs.items()))
    yield build(KIND, fact, "pairs", prompt, pairs, said, choices=jumbled(KIND, fact, "pairs", list(pairs.values())))


def _topic(group: Group, context: Context) -> str:
    """The topic of a table or of signs, where the first of them has one."""
    return context.topic(group.members[0].fact) if group.kind in ("rows", "terms") else ""


def _prompt(group: Group, wording: Wording) -> str:
    match group.kind:
        case "flags":
            return wording.options_match(group.about)
        case "columns":
            return wording.columns_match(group.about)
        case "commands":
            return wording.commands_match(group.about)
        case "rows":
            return wording.rows_match(*group.about.split("\n"))
        case "sentences":
            return wording.sentences_match(group.about)
    return wording.terms_match()
