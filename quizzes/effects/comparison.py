"""The comparison of two runs: goals met or not, what should have been left alone, and the verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizzes.questions import Difference, Outcome, Verdict
from sandboxes.effects import Run

from .aspects import ASPECTS, Spot
from .gathering import Changes, changes_of
from .goals import TRACES, Declared, Goal, forbidden, goals_of
from .matching import Aligned, align
from .output import Reader, Told
from .pasted import fence, foreign_letter, only_comments, pasted_prompt
from .plain import PlainReader, commit_names, process_names
from .provider import View, read_survey
from .readings import Printed, compare_readings
from .request import asks_in_full, asks_to_show, echoed, minds_terminal, shown, told_by
from .script import asks_engine, read_script
from .signals import same_signals
from .tells import Telling, compare_outputs, echoed_words, spoken
from .wording import REPLACED, Gap, Wording, wording

#: More differences than this help nobody.
MOST_SHOWN = 12
_OUTPUT = Spot("output.told", "")
_FULL_ID = re.compile(r"\b[0-9a-f]{64}\b")
#: Commands that end at once and leave nothing behind, where nobody types.
_NOTHING = frozenset({"sh", "bash", "ash", "dash", "true", "sh -c :"})
_IN_FILES = frozenset({"container.file", "container.rights"})
#: A command that is seen by its exit code alone.
_ENDS = re.compile(r"false|exit \d+|sh -c \(?exit \d+\)?")
#: States of a container that ends and is started again, at a random moment of its round.
RESTLESS = frozenset({"restarting", "running", "exited"})


@dataclass(frozen=True)
class _Side:
    """One run with everything read from it."""

    run: Run
    script: str
    changes: Changes
    reader: Reader
    told: Told
    printed: Printed | None  # where no engine is asked


def compare(
    reference: Run,
    answer: Run,
    *,
    language: str,
    declared: tuple[str, ...] = (),
    script: str = "",
    reference_script: str = "",
    text: str = "",
) -> Verdict:
    """Judge what an answer did against what the reference did on the same start.

    `text` is the task as the learner reads it: where it asks to show something, what the reference shows counts beside
    what it changes. `script` and `reference_script` are the two texts: names they spell out were given, words they echo
    prove nothing.

    :raise ValueError: an unknown word is declared, or the reference has no effect to compare with
    """
    says = wording(language)
    if not script.strip():
        return Verdict("wrong", 0.0, says.phrase("empty"))
    if answer.ended != "done":
        return Verdict("wrong", 0.0, says.phrase(f"ended.{answer.ended}", seconds=f"{answer.seconds:.0f}"))
    gaps, other = _weigh(reference, answer, Declared.read(declared), (reference_script, script), text)
    return _verdict(gaps, says, other)


def marks(
    reference: Run,
    answer: Run,
    *,
    declared: tuple[str, ...] = (),
    script: str = "",
    reference_script: str = "",
    text: str = "",
) -> dict[Spot, bool]:
    """Say of each goal whether an answer that ran to its end met it, and False of each thing it should have left alone.

    :raise ValueError: an unknown word is declared, or the reference has no effect to compare with
    """
    gaps, _ = _weigh(reference, answer, Declared.read(declared), (reference_script, script), text)
    return {gap.spot: gap.met for gap in gaps}


def _weigh(
    reference: Run, answer: Run, words: Declared, scripts: tuple[str, str], text: str
) -> tuple[list[Gap], _Side]:
    reference_script, script = scripts
    one, other, aligned = _sides(reference, answer, reference_script, script, text)
    goals = _all_goals(one, aligned, words)
    other = replace(other, told=other.told.but(echoed(script) - frozenset(one.told.lines)))
    both = one.printed is None and asks_to_show(text) and words.allows("output.told")
    if both and not any(goal.spot == _OUTPUT for goal in goals):
        one, other, more = _beside(one, other, aligned)
        goals += more
    if not goals:
        raise ValueError("the reference changes nothing and prints nothing")
    if text.strip() and not minds_terminal(text):
        goals = [goal for goal in goals if goal.spot.aspect != "container.tty"] or goals
    if text.strip():
        goals = [goal for goal in goals if not _only_ends(goal, one.changes, text)]
    gaps = [_gap(goal, one, other) for goal in goals]
    if asks_in_full(text) and _full_ids(reference) and not _full_ids(answer):
        gaps = [replace(gap, met=False, hint="cut\x1f\x1f") if gap.spot == _OUTPUT and gap.met else gap for gap in gaps]
    gaps += [
        Gap(spot, "", value, hint=_replaced(spot, other.changes))
        for spot, value in forbidden(one.changes, other.changes, words, scripts, text)
    ]
    return gaps, other


def goals_in(run: Run, *, script: str = "", declared: tuple[str, ...] = ()) -> tuple[Spot, ...]:
    """List the goals a reference sets, most important first; () when it changes nothing and prints nothing.

    :raise ValueError: an unknown word is declared
    """
    one, _, aligned = _sides(run, run, script, script)
    return tuple(goal.spot for goal in _all_goals(one, aligned, Declared.read(declared)))


def _sides(
    reference: Run, answer: Run, reference_script: str, script: str, task: str = ""
) -> tuple[_Side, _Side, Aligned]:
    aligned = align(reference, answer, reference_script, task)
    scripts = (reference_script, script)
    sides = []
    engine = not reference_script.strip() or asks_engine(reference_script)
    for run, labels, text in (
        (reference, aligned.reference, reference_script),
        (answer, aligned.answer, script),
    ):
        reader = Reader(run, labels)
        plain = _plain(run)
        view = View(run, labels, reader, plain, scripts, engine)
        printed = None if engine else Printed.of(text, run.output, run.probes, plain)
        sides.append(_Side(run, text, changes_of(view), reader, reader.told(run.output), printed))
    return sides[0], sides[1], aligned


def _plain(run: Run) -> PlainReader:
    git, processes = ([read_survey(run, name, after) for after in (False, True)] for name in ("git", "processes"))
    return PlainReader(run, commit_names(*git), process_names(*processes))


def _all_goals(one: _Side, aligned: Aligned, declared: Declared) -> list[Goal]:
    """Add what the output should tell, where the reference only reads or its author asks for the output."""
    goals = goals_of(one.changes, aligned.generated, one.script, declared)
    if any(goal.spot.aspect == "image.pulled" for goal in goals):
        return goals  # a pull's progress is no message
    reads = all(goal.spot.aspect in TRACES for goal in goals)
    asked = reads or "output" in declared.more | declared.only
    lines = one.printed.first.lines if one.printed else one.told.lines
    if not (asked and lines and declared.allows("output.told")):
        return goals
    kept = [goal for goal in goals if goal.spot.aspect != "container.ran"]
    return [*kept, Goal(_OUTPUT, "\n".join(lines))]


def _only_ends(goal: Goal, changes: Changes, text: str) -> bool:
    """Whether a command does nothing but end with an exit code, which is compared, and the task does not spell it."""
    exits = Spot("container.exit", goal.spot.label)
    bare = goal.spot.aspect == "container.command" and _ENDS.fullmatch(goal.expected)
    return bool(bare) and changes.values.get(exits, "0") != "0" and goal.expected not in text


def _full_ids(run: Run) -> bool:
    return bool(_FULL_ID.search(run.output))


def _beside(one: _Side, other: _Side, aligned: Aligned) -> tuple[_Side, _Side, list[Goal]]:
    """Add what a reference shows beside what it changes; what commands print of their own doing is left out."""
    told = one.reader.told(shown(one.run.steps))
    if not told.words:
        return one, other, []
    said, mixed = told_by(other.run.steps)
    found = other.reader.told(said).without(aligned.answer.names)
    wanted = told.without(aligned.reference.names)
    if mixed:
        found = found.within(wanted)
    return replace(one, told=wanted), replace(other, told=found), [Goal(_OUTPUT, "\n".join(wanted.lines))]


def _gap(goal: Goal, one: _Side, other: _Side) -> Gap:
    if goal.spot == _OUTPUT:
        return _output_gap(goal, one, other)
    label, answered = goal.spot.label, other.changes.values
    exists = Spot("container.exists", label)
    return Gap(
        goal.spot,
        goal.expected,
        answered.get(goal.spot, ""),
        _same(goal, answered.get(goal.spot, ""), one.changes, other.changes) or _asked_after(goal, other),
        hint=_hint(goal, other.changes),
        ran=other.changes.commands.get(label, ""),
        gone=Spot("container.removed", label) in answered,
        lacking=exists in one.changes.values and exists not in answered,
    )


def _asked_after(goal: Goal, other: _Side) -> bool:
    """Whether a container that should be looked into was named to another command, and no other one looked into."""
    looked = any(spot.aspect == "container.looked" for spot in other.changes.values)
    named = re.search(rf"(?<![\w-]){re.escape(goal.spot.label)}(?![\w-])", other.script)
    return goal.spot.aspect == "container.looked" and not looked and bool(named)


def _same(goal: Goal, found: str, reference: Changes, answer: Changes) -> bool:
    if goal.spot.aspect in ("container.state", "container.exit") and _never_ran(goal.spot.label, reference, answer):
        return True
    if not found and goal.spot.aspect == "container.exit":
        return _restless(goal.spot.label, answer)
    if not found:  # a file that is as the reference has it, because it was so before
        return goal.spot.aspect in _IN_FILES and goal.expected == answer.also.get(goal.spot)
    if goal.spot.aspect == "container.signals":
        return same_signals(goal.expected, found)
    if goal.spot.aspect == "container.state" and "restarting" in (goal.expected, found):
        return {goal.expected, found} <= RESTLESS
    return found in (goal.expected, reference.also.get(goal.spot)) or goal.expected == answer.also.get(
        goal.spot
    )


def _never_ran(label: str, reference: Changes, answer: Changes) -> bool:
    """Whether the answer only created what in the reference ran for nothing, to hold a volume for others."""
    ran = reference.commands.get(label, "") in _NOTHING and Spot("container.logs", label) not in reference.values
    ended = reference.values.get(Spot("container.exit", label)) == "0"
    holds = any(spot.aspect == "container.mount" and spot.label == label for spot in reference.values)
    return ran and ended and holds and answer.values.get(Spot("container.state", label)) == "created"


def _restless(label: str, changes: Changes) -> bool:
    """Whether a container was seen in the midst of its restarts, when it may have no exit code."""
    tried = changes.values.get(Spot("container.restart", label))
    return bool(tried) and changes.values.get(Spot("container.state", label)) in ("restarting", "running")


def _replaced(spot: Spot, answer: Changes) -> str:
    """Say of a removed container whether another one has its name now."""
    anew = spot.aspect == "container.removed" and Spot("container.exists", f"+{spot.label}") in answer.values
    return REPLACED if anew else ""


def _hint(goal: Goal, answer: Changes) -> str:
    """Give what the answer has in the place next door: another port, another network, another signal."""
    spot = goal.spot
    near = {
        "container.exit": "container.signals",
        "container.removed": "container.state",
        "container.name": "container.name",
    }.get(spot.aspect, spot.aspect)
    beside = [
        (other.item, value)
        for other, value in sorted(answer.values.items())
        if other.aspect == near
        and other.label == spot.label
        and (other.item != spot.item or near != spot.aspect)
    ]
    return "; ".join(f"{item} {value}".strip() for item, value in beside)


def _output_gap(goal: Goal, one: _Side, other: _Side) -> Gap:
    if one.printed and other.printed:
        telling = compare_readings(one.printed, other.printed)
        found = "\n".join(other.printed.first.lines)
        return Gap(goal.spot, goal.expected, found, telling.result == "same", hint=_telling(telling))
    script = read_script(other.script)
    terms = {word: other.reader.canonical(word) for word in script.said | script.inside}
    self_told = echoed_words(script, read_script(one.script), one.told.words, terms)
    grown = Counter(line for log in other.run.before.logs.values() for line in other.reader.told(log).lines)
    requests = getattr(other.run, "requests", None) or None
    telling = compare_outputs(
        one.told,
        other.told,
        script,
        reference_text=one.script,
        said=spoken(script, terms),
        echoed=self_told,
        grown=grown,
        asked=_asked(requests) if requests else None,
    )
    return Gap(
        goal.spot,
        goal.expected,
        "\n".join(other.told.lines),
        telling.result == "same",
        hint=_telling(telling),
    )


def _asked(requests: Iterable[str]) -> bool:
    return any(not request.split("?")[0].endswith(("/_ping", "/events")) for request in requests)


def _telling(telling: Telling) -> str:
    return "\x1f".join((telling.result, " ".join(telling.missing), " ".join(telling.extra)))


def _verdict(gaps: list[Gap], says: Wording, other: _Side) -> Verdict:
    total = sum(ASPECTS[gap.spot.aspect].weight for gap in gaps)
    reached = sum(ASPECTS[gap.spot.aspect].weight for gap in gaps if gap.met)
    main = any(gap.met and ASPECTS[gap.spot.aspect].weight > 1 for gap in gaps)
    right = all(gap.met for gap in gaps)
    outcome: Outcome = "right" if right else "partly right" if main else "wrong"
    shown = _shown(gaps)
    differences = tuple(says.difference(gap) for gap in shown[:MOST_SHOWN])
    score = 1.0 if right else round(reached / total, 4)
    return Verdict(outcome, score, _feedback(outcome, gaps, differences, says, other), differences)


def _shown(gaps: list[Gap]) -> list[Gap]:
    """Order the gaps for reading and leave out those another one explains."""
    open_ = sorted(
        (gap for gap in gaps if not gap.met),
        key=lambda gap: (ASPECTS[gap.spot.aspect].rank, not gap.expected, gap.spot),  # what lacks, before what is too much
    )
    explained = {
        gap.spot.label
        for gap in open_
        if gap.spot.aspect == "image.tag" or (gap.spot.aspect == "container.exists" and not gap.found)
    }
    replaced = {f"+{gap.spot.label}" for gap in open_ if gap.hint == REPLACED}
    deleted = {gap.spot.label for gap in open_ if gap.spot.aspect == "container.deleted"}
    signals = {gap.spot.label for gap in open_ if gap.spot.aspect == "container.signals"}
    kept = [
        gap
        for gap in open_
        if not (
            gap.spot.label in explained
            and gap.spot.aspect not in ("container.exists", "image.tag", "container.removed")
        )
        and not (gap.spot.aspect == "container.exit" and gap.spot.label in signals)
        and not (gap.spot.aspect == "container.exists" and gap.spot.label in replaced)
        and not (gap.spot.aspect == "container.file" and gap.spot.label in deleted)
    ]
    return kept + [gap for gap in gaps if gap.met]


def _feedback(
    outcome: Outcome, gaps: list[Gap], differences: tuple[Difference, ...], says: Wording, other: _Side
) -> str:
    if outcome == "right":
        return says.phrase("right")
    first = next(difference.sentence for difference in differences if not difference.met)
    parts = [first]
    if outcome == "partly right":
        met = str(sum(gap.met for gap in gaps))
        parts.insert(0, says.phrase("partly", met=met, all=str(len(gaps))))
    error = says.engine_error(other.run.output)
    return says.join([part for part in (*parts, error, _pasted(other.script, says)) if part])


def _pasted(script: str, says: Wording) -> str:
    """Say what in an answer was pasted and is no shell, "" where nothing was."""
    if only_comments(script):
        return says.phrase("pasted.comment")
    if prompt := pasted_prompt(script):
        return says.phrase("pasted.prompt", prompt=prompt)
    if signs := fence(script):
        return says.phrase("pasted.fence", signs=signs)
    letter = foreign_letter(script)
    return says.phrase("pasted.letter", letter=letter) if letter else ""
