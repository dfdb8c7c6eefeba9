"""Several statements of which two or more are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import ClassVar

from rapidfuzz import fuzz

from notes.facts import Fact, Language, MembersFact
from quizzes.context import Context
from quizzes.distractors import does_too
from quizzes.draws import question_id, shuffled
from quizzes.groups import HAND, Group, Member, groups, is_judged
from quizzes.kinds.base import Candidate, Drop, QuestionKind, ResponseError, candidate, judged, list_of
from quizzes.kinds.build import build
from quizzes.members import members_of_others
from quizzes.questions import Difference, Question, Response, Verdict
from quizzes.said import FALSE, Said, about, false_text, hands, true_text
from quizzes.sentences import ended
from quizzes.wording.base import Wording

KIND = "multiple_answers"
LEAST_STRANGE, MOST_STRANGE = 2, 3  # members of other wholes beside those of the one asked for


class MultipleAnswers(QuestionKind):
    """The learner ticks all right statements; the score is the share of statements judged right, less
    guesses.
    """

    name = KIND
    label: ClassVar[dict[Language, str]] = {"zh": "多选题", "en": "Multiple answers"}
    widget = "checkboxes"

    def candidates(self, facts: Sequence[Fact], context: Context) -> Iterable[Candidate | Drop]:
        asked = {fact.id for fact in facts}
        for group in groups(context):
            if group.members[0].fact.id in asked and is_judged(group):
                members = [member.fact for member in group.members]
                yield candidate(KIND, "statements", members, partial(_several, group, context))
        for path, hand in hands(context):
            if hand[0].fact.id in asked:
                said = [one.fact for one in hand]
                yield candidate(KIND, "sentences", said, partial(_sentences, path, hand, context))
        for fact in facts:
            if isinstance(fact, MembersFact):
                yield candidate(KIND, "members", [fact], partial(_members, fact, context))

    def check(self, question: Question, response: Response) -> Verdict:
        given = set(list_of(question, response))
        key = {str(part) for part in question.answer} if isinstance(question.answer, list) else set[str]()
        if not given <= set(question.choices):
            raise ResponseError("multiple_answers: the response holds a text that is not a choice")
        differences = [
            _difference(question, choice, choice in key, choice in given) for choice in question.choices
        ]
        hits, slips = len(given & key), len(given - key)
        return judged(question, 1.0 if given == key else max(0, hits - slips) / len(key) * 0.99, differences)


def _difference(question: Question, choice: str, wanted: bool, given: bool) -> Difference:
    words = {"zh": ("应选", "不应选", "选了", "没有选"), "en": ("right", "wrong", "ticked", "not ticked")}[
        question.language
    ]
    expected, found = words[0 if wanted else 1], words[2 if given else 3]
    mark = "：" if question.language == "zh" else ": "
    return Difference(
        choice,
        expected,
        found,
        f"{choice.rstrip('。.')}{mark}{expected}。"
        if question.language == "zh"
        else f"{choice.rstrip('.')}{mark}this statement is {expected}.",
        wanted == given,
    )


def _several(group: Group, context: Context) -> Iterator[Question]:
    """Let the two that are most alike change their right sides; what remains is true."""
    members = group.members
    first, *rest = (member.fact for member in members)
    wording = context.wording(first)
    seed = question_id(KIND, "statements", (first.id, *(fact.id for fact in rest)))
    order = shuffled(seed, members)
    false = max(combinations(order, 2), key=_likeness)
    true = [member for member in order if member not in false]
    lies = [
        _statement(group, Member(member.fact, member.left, _neighbour(false, place)), wording)
        for place, member in enumerate(false)
    ]
    key = [_statement(group, member, wording) for member in true]
    said = ("；" if first.language == "zh" else "; ").join(
        wording.labelled(member.left, member.right) for member in members
    )
    yield build(
        KIND,
        first,
        "statements",
        _prompt(group, wording),
        key,
        said + ("。" if first.language == "zh" else "."),
        also=rest,
        choices=shuffled(seed + "choices", [*key, *lies]),
        difficulty="understanding",
    )


def _likeness(pair: tuple[Member, Member]) -> tuple[bool, float]:
    """How readily two members are taken for one another; never two lines of which one does what the other does."""
    first, second = pair
    lines = first.left.strip("`"), second.left.strip("`")
    whole = lines[0].split(" ")[0] in lines or lines[1].split(" ")[0] in lines  # a tool's bare name stands for every line of it
    return not (whole or does_too(*lines) or does_too(*reversed(lines))), fuzz.ratio(first.right, second.right)


def _sentences(path: tuple[str, ...], hand: Sequence[Said], context: Context) -> Iterator[Question]:
    """Show some sentences as the notes say them and the others in a false version."""
    first, *rest = (said.fact for said in hand)
    wording = context.wording(first)
    seed = question_id(KIND, "sentences", (first.id, *(fact.id for fact in rest)))
    lies = [said for said in hand if said.false][:FALSE]
    key = [true_text(said, context) for said in hand if said not in lies]
    wrong = [false_text(said, context) for said in lies]
    told = [
        wording.instead(false.rstrip("。."), true_text(said, context).rstrip("。."))
        for said, false in zip(lies, wrong, strict=True)
    ]
    yield build(
        KIND,
        first,
        "sentences",
        wording.statements_right(about(path, context)),
        key,
        ("" if first.language == "zh" else " ").join(told),
        also=rest,
        choices=shuffled(seed + "choices", [*key, *wrong]),
        difficulty="understanding",
    )


def _members(fact: MembersFact, context: Context) -> Iterator[Question]:
    """Show the members of a whole among members of others."""
    wording, seed = context.wording(fact), question_id(KIND, "members", (fact.id,))
    key = [wording.term(member) for member in fact.members[:HAND]]
    strange = [wording.term(other) for other in members_of_others(fact, context)[:MOST_STRANGE]]
    if len(strange) >= LEAST_STRANGE:
        yield build(
            KIND,
            fact,
            "members",
            wording.members_right(fact.opening),
            key,
            ended(fact.text, wording),
            choices=shuffled(seed, [*key, *strange]),
        )


def _neighbour(false: Sequence[Member], place: int) -> str:
    """The right side of the next false member, so that no two statements share one."""
    return false[(place + 1) % len(false)].right


def _statement(group: Group, member: Member, wording: Wording) -> str:
    return wording.labelled(member.left, member.right)


def _prompt(group: Group, wording: Wording) -> str:
    match group.kind:
        case "flags":
            return wording.options_right(group.about)
        case "commands":
            return wording.commands_right(group.about)
        case "columns":
            return wording.columns_right(group.about)
    return wording.statements_right(group.about)
