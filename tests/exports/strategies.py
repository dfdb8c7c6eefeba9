"""Questions as hypothesis makes them: every kind, with texts that hurt."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from exports import prose
from notes.facts import Source
from quizzes.questions import Question
from tests.exports.cast import NASTY

_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="`_\ufffe\uffff\u2028\u2029")
_PLAIN = st.text(_CHARACTERS, min_size=1, max_size=12)
_NASTY = st.sampled_from([text for text in NASTY if "`" not in text and "_" not in text])
#: A text without markup, on one line, without blanks at its ends.
words = st.one_of(_PLAIN, _NASTY, st.builds("{} {}".format, _PLAIN, _NASTY)).map(
    lambda text: " ".join(text.split())).filter(bool)
_code = words.map(prose.ticked)
_listing = st.builds(lambda lines, language: "\n" + prose.fenced("\n".join(lines), language) + "\n",
                     st.lists(words, min_size=1, max_size=3), st.sampled_from(["", "bash", "console"]))


def texts(*extra: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Give texts with our markup, as they come out of `prose.join`."""
    parts = st.lists(st.one_of(words, _code, _listing, *extra), min_size=1, max_size=4)
    return parts.map(lambda found: prose.join(prose.pieces(" ".join(found)))).filter(
        lambda text: bool(text.strip()) and text == prose.join(prose.pieces(text)) == text.strip())


prompts = texts()
distinct = st.lists(words, min_size=2, max_size=5, unique=True)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Give a valid question."""
    kind = draw(st.sampled_from(sorted(_KEYS)))
    values: dict[str, Any] = {"prompt": draw(prompts), **draw(_KEYS[kind])}
    topics = tuple(draw(st.lists(words, min_size=1, max_size=3)))
    source = Source(draw(words), topics, (draw(st.integers(1, 99)), draw(st.integers(99, 999))))
    return Question(
        id=draw(st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}")), kind=kind,
        language=draw(st.sampled_from(["zh", "en"])), explanation=draw(prompts), source=source, facts=("f",),
        direction="meaning", difficulty=draw(st.sampled_from(["recall", "understanding", "application"])),
        topics=topics, **values)


_choice = distinct.flatmap(lambda choices: st.fixed_dictionaries(
    {"choices": st.just(tuple(choices)), "answer": st.sampled_from(choices)}))
_several = distinct.flatmap(lambda choices: st.fixed_dictionaries(
    {"choices": st.just(tuple(choices)), "answer": st.sets(st.sampled_from(choices), min_size=1).map(
        lambda right: [choice for choice in choices if choice in right])}))
_command = st.lists(words, min_size=1, max_size=3, unique=True).map(
    lambda forms: {"answer": forms[0], "answers": (tuple(forms),)})
_pairs = st.lists(words, min_size=2, max_size=4, unique=True).flatmap(
    lambda lefts: st.tuples(*(words for _ in lefts)).map(
        lambda rights: {"answer": dict(zip(lefts, rights, strict=True)),
                        "choices": tuple(dict.fromkeys(reversed(rights)))}))
_order = distinct.map(lambda steps: {"answer": steps, "choices": tuple(reversed(steps))})


@st.composite
def _cloze(draw: st.DrawFn) -> dict[str, Any]:
    asked = texts(st.just("____"), st.just("`docker ____ x`"))
    plain = asked.filter(lambda text: not text.startswith("```"))
    prompt = draw(st.one_of(asked.filter(prose.gaps), plain.map("____ {}".format)))
    forms = tuple(tuple(draw(st.lists(words, min_size=1, max_size=2, unique=True)))
                  for _ in range(prose.gaps(prompt)))
    return {"prompt": prompt, "answer": [accepted[0] for accepted in forms], "answers": forms}


_lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
_practical = st.builds(
    lambda reference, setup: {"answer": reference, "reference": reference, "setup": setup},
    _lines, st.one_of(st.just(""), _lines))
_KEYS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": _choice, "output_reading": _choice, "error_diagnosis": _choice,
    "multiple_answers": _several,
    "true_false": st.booleans().map(lambda truth: {"answer": truth}), "command": _command, "cloze": _cloze(),
    "ordering": _order, "matching": _pairs, "practical": _practical,
}
