"""Moodle XML read back: ours without loss for what it holds, and others' choices, gaps and pairs."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

from exports import prose
from exports.base import LeftOut
from exports.importers.base import Draft, Imported, ReadError, check_size, mixed, place_of
from exports.keys import UnfitError
from exports.markup import from_html, pictures_in
from exports.sentences import Sentence
from quizzes.questions import Question

_SOURCE = re.compile(r'<p class="source">((?:(?!</p>).)*)</p>\s*(?:<p><img [^<>]*></p>\s*)*$', re.DOTALL)
_PRE = re.compile(r'<pre class="(reference|setup)">(.*?)</pre>', re.DOTALL)
#: A gap as Moodle reads it: points, kind, alternatives.
_FIELD = re.compile(r"\{\d*:([A-Z_]+):((?:[^~}\\]|\\.)+(?:~(?:[^~}\\]|\\.)+)*)\}", re.DOTALL)
_ALTERNATIVES = re.compile(r"(?:^|~)(=|%(-?\d+(?:[.,]\d*)?)%)?((?:[^~\\]|\\.)+)", re.DOTALL)
_FEEDBACK = re.compile(r"(?<!\\)(?<!&)#.*", re.DOTALL)


class _DoctypeError(Exception):
    pass


class _NoDoctype(ET.TreeBuilder):
    """Refuses a DTD, which a question never needs and which can make a small file large."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _DoctypeError


def parse_xml(data: bytes, file: str) -> ET.Element:
    """Read XML without trusting it.

    :raise ReadError: it is not XML, too large, or has a document type
    """
    check_size(data, file)
    parser = ET.XMLParser(target=_NoDoctype())
    try:
        parser.feed(data)
        root: ET.Element = parser.close()
    except ET.ParseError as error:
        raise ReadError("{file}:{line}: not XML: {error}.", file=file, line=error.position[0], error=error) from error
    except _DoctypeError:
        raise ReadError("{file}: it has a document type, which is not allowed in a file of questions.", file=file) from None
    except (ValueError, LookupError) as error:  # an encoding that does not exist
        raise ReadError("{file}: not XML in an encoding that is known.", file=file) from error
    return root


def read_moodle_xml(data: bytes, file: str) -> Imported:
    """Read a question bank of Moodle's.

    :raise ReadError: it is not Moodle XML
    """
    root = parse_xml(data, file)
    if root.tag != "quiz":
        raise ReadError("{file}: not Moodle XML: the outermost element is <{element}>, not <quiz>.", file=file, element=root.tag)
    questions: list[Question] = []
    left_out: list[LeftOut] = []
    topics: tuple[str, ...] = ()
    for number, row in enumerate(root.iterfind("question"), 1):
        if row.get("type") == "category":
            topics = _category(row)
            continue
        try:
            questions.append(_question(row, Draft(file, f"question {number}", topics=topics)))
        except UnfitError as reason:
            left_out.append(LeftOut(
                Sentence("question {number}: {name}", number=number, name=_text(row, "name")[:60]), reason.sentence))
    return Imported(tuple(questions), tuple(left_out))


def _category(row: ET.Element) -> tuple[str, ...]:
    path = _text(row, "category").replace("//", "\x00").split("/")
    names = (part for part in path if part not in {"", "$course$", "$module$", "top"})
    return tuple(name.replace("\x00", "/") for name in names)


def _question(row: ET.Element, draft: Draft) -> Question:
    kind = row.get("type", "")
    if kind not in _READERS:
        raise UnfitError("Questions of Moodle's kind “{kind}” are not read.", kind=kind)
    draft.id = (row.findtext("idnumber") or "").strip()
    draft.tags = tuple(_text(tag) for tag in row.iterfind("tags/tag"))
    feedback, asked = _text(row, "generalfeedback"), _text(row, "questiontext")
    draft.prompt = from_html(asked)
    draft.pictures = (*pictures_in(asked, True), *pictures_in(feedback, False))
    if found := _SOURCE.search(feedback):
        draft.source, feedback = place_of(html.unescape(found[1])), feedback[: found.start()]
    draft.explanation = from_html(feedback)
    _READERS[kind](row, draft)
    return draft.finish()


def _multichoice(row: ET.Element, draft: Draft) -> None:
    rows = [(_share(answer), from_html(_text(answer))) for answer in row.iterfind("answer")]
    draft.choices = tuple(text for _, text in rows)
    if (row.findtext("single") or "true").strip() in {"true", "1"}:
        best = [text for share, text in rows if share >= 100]
        if len(best) != 1:
            raise UnfitError("It has no single choice that is wholly right.")
        draft.kind, draft.answer = "single_choice", best[0]
    else:
        draft.kind, draft.answer = "multiple_answers", [text for share, text in rows if share > 0]


def _truefalse(row: ET.Element, draft: Draft) -> None:
    right = [_text(answer).strip().lower() for answer in row.iterfind("answer") if _share(answer) > 0]
    if right not in (["true"], ["false"]):
        raise UnfitError("It does not say whether true or false is right.")
    draft.kind, draft.answer = "true_false", right == ["true"]


def _shortanswer(row: ET.Element, draft: Draft) -> None:
    right = (answer for answer in row.iterfind("answer") if _share(answer) >= 100)
    set_typed(draft, tuple(typed(_text(answer)) for answer in right))


def _share(answer: ET.Element) -> float:
    try:
        return float((answer.get("fraction") or "0").replace(",", "."))
    except ValueError:
        return 0.0


def set_typed(draft: Draft, forms: tuple[str, ...]) -> None:
    """Make a draft one of a typed command, or of one gap where its prompt has one.

    :raise UnfitError: no form is right
    """
    if not forms:
        raise UnfitError("No answer is wholly right.")
    gap = prose.gaps(draft.prompt) == 1 and "kind: command" not in draft.tags
    draft.kind, draft.answers = ("cloze" if gap else "command"), (forms,)
    draft.answer = [forms[0]] if gap else forms[0]


def typed(pattern: str) -> str:
    r"""Read a typed answer, in which * stands for anything and \* for itself.

    :raise UnfitError: it stands for anything
    """
    if re.search(r"(?<!\\)\*", pattern):
        raise UnfitError("An answer with * for any text is not read.")
    return pattern.replace(r"\*", "*")


def _cloze(row: ET.Element, draft: Draft) -> None:
    forms: list[tuple[str, ...]] = []

    def gap(field: re.Match[str]) -> str:
        if field[1] not in {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}:
            raise UnfitError("Gaps of Moodle's kind “{kind}” are not read.", kind=field[1])
        forms.append(_alternatives(field[2]))
        return "____"

    draft.prompt = from_html(_FIELD.sub(gap, _text(row, "questiontext")))
    if not all(forms):
        raise UnfitError("A gap has no answer that is wholly right.")
    draft.kind, draft.answers, draft.answer = "cloze", tuple(forms), [accepted[0] for accepted in forms]


def _alternatives(written: str) -> tuple[str, ...]:
    found = _ALTERNATIVES.findall(written)
    right = (text for mark, share, text in found if mark == "=" or float(share.replace(",", ".") or 0) >= 100)
    plain = (html.unescape(_FEEDBACK.sub("", text)) for text in right)
    return tuple(typed(text.replace(r"\}", "}").replace(r"\#", "#")) for text in plain)


def _ordering(row: ET.Element, draft: Draft) -> None:
    steps = tuple(from_html(_text(answer)) for answer in row.iterfind("answer"))
    draft.kind, draft.answer, draft.choices = "ordering", list(steps), mixed(steps, steps)


def _matching(row: ET.Element, draft: Draft) -> None:
    subs = row.iterfind("subquestion")
    set_pairs(draft, [(from_html(_text(sub)), sub.findtext("answer/text") or "") for sub in subs])


def set_pairs(draft: Draft, found: list[tuple[str, str]]) -> None:
    """Make a draft one of pairs; a right without its left is one that fits nothing.

    :raise UnfitError: a left stands twice
    """
    key = {left: right for left, right in found if left.strip()}
    if len(key) < sum(bool(left.strip()) for left, _ in found):
        raise UnfitError("The same text stands on the left twice.")
    rights = tuple(dict.fromkeys(right for _, right in found))
    draft.kind, draft.answer, draft.choices = "matching", key, mixed(rights, tuple(key.values()))


def _essay(row: ET.Element, draft: Draft) -> None:
    parts = {name: html.unescape(text) for name, text in _PRE.findall(_text(row, "graderinfo"))}
    if "reference" not in parts:
        raise UnfitError("An essay has no key to check answers with.")
    draft.kind, draft.answer = "practical", parts["reference"]
    draft.reference, draft.setup = parts["reference"], parts.get("setup", "")


_READERS: dict[str, Callable[[ET.Element, Draft], None]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ordering": _ordering,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
}


def _text(row: ET.Element, path: str = "") -> str:
    return row.findtext(f"{path}/text" if path else "text") or ""
