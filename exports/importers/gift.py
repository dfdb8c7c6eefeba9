"""GIFT read back: ours without loss for what it holds, and other people's files as Moodle reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exports import prose
from exports.base import LeftOut
from exports.importers.base import Draft, Imported, ReadError, decode, place_of
from exports.importers.moodle_xml import set_pairs, set_typed, typed
from exports.keys import UnfitError
from exports.markup import from_html
from exports.sentences import Sentence
from quizzes.questions import Question

#: Escaped marks become characters that no cleaned text holds, until the unescaped marks are dealt with.
_HELD = dict(zip("\\~=#{}:n", "\x01\x02\x03\x04\x05\x06\x07\x08", strict=True))
_RELEASED = {ord(held): "\n" if mark == "n" else mark for mark, held in _HELD.items()}
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_NOTE = re.compile(r"\[(id|tag):((?:\\\]|[^\]\n])+)\]")
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d*)?)%")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_MARKUP = re.compile(r"</?(?:p|br|b|i|em|strong|code|pre|div|span|ul|ol|li|sub|sup)\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r'<p class="source">(.*?)</p>\s*$', re.DOTALL)
_REFERENCE = re.compile(r'<pre class="language-bash">(.*?)</pre>', re.DOTALL)


def read_gift(data: bytes, file: str) -> Imported:
    """Read a file in GIFT.

    :raise ReadError: it is not UTF-8, or holds no question
    """
    questions: list[Question] = []
    left_out: list[LeftOut] = []
    topics: tuple[str, ...] = ()
    for line, block in _blocks(prose.clean(decode(data, file))):
        if block.startswith("$CATEGORY:"):
            path = block.removeprefix("$CATEGORY:").strip().split("/")
            topics = tuple(part for part in path if part and part not in {"$course$", "$module$", "top"})
            continue
        try:
            questions.append(_question(block, Draft(file, f"line {line}", topics=topics)))
        except UnfitError as reason:
            left_out.append(LeftOut(Sentence("line {line}", line=line), reason.sentence))
    if not questions and not left_out:
        raise ReadError("{file}: no question in GIFT found.", file=file)
    return Imported(tuple(questions), tuple(left_out))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Give each question with the line it starts on: blank lines part them."""
    block: list[str] = []
    start = 1
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            start = start if block else number
            block.append(line)
            # A category needs no blank line after it.
            if not (len(block) == 1 and line.startswith("$CATEGORY:")):
                continue
        if block:
            yield start, "\n".join(block)
        block = []


def _question(block: str, draft: Draft) -> Question:
    rows = block.split("\n")
    notes = [note for row in rows if row.strip().startswith("//") for note in _NOTE.findall(row)]
    draft.id = next((text for name, text in notes if name == "id"), "")
    draft.tags = tuple(text.replace(r"\]", "]").strip() for name, text in notes if name == "tag")
    text = "\n".join(row for row in rows if not row.strip().startswith("//")).strip()
    text = _ESCAPED.sub(lambda mark: _HELD[mark[1]], text)
    if text.startswith("::") and "::" in text[2:]:
        text = text[2:].split("::", 1)[1].strip()
    before, brace, rest = text.partition("{")
    answers, end, after = rest.partition("}")
    if not brace or not end:
        raise UnfitError("It has no answers in braces.")
    asked = f"{before}____{after}" if after.strip() else before
    form = _format(asked.strip())
    draft.prompt = _read(asked, form)
    answers, _, feedback = answers.partition("####")
    _explain(_read_raw(feedback), form, draft)
    _key(answers.strip(), form, draft)
    return draft.finish()


def _explain(feedback: str, form: str, draft: Draft) -> None:
    if form == "html" and (found := _SOURCE.search(feedback)):
        draft.source, feedback = place_of(from_html(found[1])), feedback[: found.start()]
    if "kind: practical" in draft.tags and (found := _REFERENCE.match(feedback)):
        draft.reference, feedback = from_html(f"<span>{found[1]}</span>"), feedback[found.end() :]
    draft.explanation = from_html(feedback) if form == "html" else feedback.strip()


def _key(answers: str, form: str, draft: Draft) -> None:
    bare = answers.split("#", 1)[0].strip()
    if not answers:
        if not draft.reference:
            raise UnfitError("An essay has no key to check answers with.")
        draft.kind, draft.answer = "practical", draft.reference
    elif answers.startswith("#"):
        raise UnfitError("Numbers with a range are not read.")
    elif "~" in answers:
        _choices(answers, form, draft)
    elif "=" in answers and "->" in answers:
        _pairs(answers, form, draft)
    elif bare in {"T", "TRUE", "F", "FALSE"}:
        draft.kind, draft.answer = "true_false", bare[0] == "T"
    else:
        _typed(answers, form, draft)


def _choices(answers: str, form: str, draft: Draft) -> None:
    rows = [(mark, *_weighed(text)) for mark, text in _ANSWER.findall(answers)]
    texts = [(mark, share, _read(text.split("#", 1)[0], form)) for mark, share, text in rows]
    draft.choices = tuple(text for _, _, text in texts)
    best = [text for mark, _, text in texts if mark == "="]
    if len(best) == 1:
        draft.kind, draft.answer = "single_choice", best[0]
    elif best:
        raise UnfitError("It has several choices that are each wholly right.")
    else:
        draft.kind, draft.answer = "multiple_answers", [text for _, share, text in texts if (share or 0) > 0]


def _pairs(answers: str, form: str, draft: Draft) -> None:
    found = []
    for _, text in _ANSWER.findall(answers):
        left, arrow, right = text.partition("->")
        if not arrow:
            raise UnfitError("A pair has no ->.")
        found.append((_read(left, form), _read_raw(right).strip()))
    set_pairs(draft, found)


def _typed(answers: str, form: str, draft: Draft) -> None:
    rows = [_weighed(text) for _, text in _ANSWER.findall(answers)] or [(None, answers)]
    forms = (text.split("#", 1)[0] for share, text in rows if share is None or share >= 100)
    plain = (_read_raw(_FORMAT.sub("", text.strip(), count=1)).strip() for text in forms)
    set_typed(draft, tuple(map(typed, plain)))


def _weighed(text: str) -> tuple[float | None, str]:
    text = text.strip()
    found = _WEIGHT.match(text)
    return (float(found[1]), text[found.end() :]) if found else (None, text)


def _format(text: str) -> str:
    found = _FORMAT.match(text)
    return found[1] if found else "moodle"


def _read(text: str, form: str) -> str:
    text = text.strip()
    own = _FORMAT.match(text)
    plain = _read_raw(text[own.end() :] if own else text).strip()
    form = own[1] if own else form
    return from_html(plain) if form == "html" or (form == "moodle" and _MARKUP.search(plain)) else plain


def _read_raw(text: str) -> str:
    return text.translate(_RELEASED)
