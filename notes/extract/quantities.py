"""Numbers that can be known: waiting times, defaults, limits, ports, years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.extract.finding import Finding
from notes.extract.properties import good
from notes.extract.statements import Statement, statements
from notes.facts import Language, QuantityFact
from notes.note import Note
from notes.text import HAN, fit_sentence, han_count, language_of, sentences, without_end

_ARTICLE = re.compile(r"^(?:The|An?)(?= )")
_UNITS = {
    "秒钟": "s",
    "秒": "s",
    "s": "s",
    "seconds": "s",
    "second": "s",
    "毫秒": "ms",
    "ms": "ms",
    "milliseconds": "ms",
    "分钟": "min",
    "minutes": "min",
    "minute": "min",
    "小时": "h",
    "hours": "h",
    "hour": "h",
    "天": "d",
    "days": "d",
    "day": "d",
    "个月": "months",
    "months": "months",
    "weeks": "weeks",
    "周": "weeks",
    "%": "%",
    "字节": "bytes",
    "bytes": "bytes",
    "位": "bits",
    "bits": "bits",
    "bit": "bits",
    "KB": "KB",
    "MB": "MB",
    "GB": "GB",
    "个": "",
    "次": "",
    "层": "",
    "条": "",
    "times": "",
    "℃": "°C",
    "°C": "°C",
    "km": "km",
    "米": "m",
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_VALUE = re.compile(
    rf"(?<![A-Za-z0-9_.:/-])(\d+(?:\.\d+)?)\s?({_UNIT}"
    rf")(?![A-Za-z])"
)
_ABOUT = (
    (re.compile(r"等待|等\s?\d|wait", re.I), "waiting time"),
    (re.compile(r"超时|timeout|time out", re.I), "timeout"),
    (re.compile(r"默认|default", re.I), "default"),
    (re.compile(r"最多|最大|至多|不超过|上限|at most|up to|maximum|no more than", re.I), "maximum"),
    (re.compile(r"最少|最小|至少|不少于|at least|minimum", re.I), "minimum"),
    (re.compile(r"保留|有效期|过期|kept|expires?|retained|retention", re.I), "retention"),
    (re.compile(r"每隔?|间隔|every|interval", re.I), "interval"),
)
_EXAMPLE = re.compile(r"假设|例如|比如|也许|大约需要|for example|such as|e\.g\.|suppose|之前|ago", re.I)
_CODED = re.compile(
    r"`([^`\n]{1,40})`[^。；;\n]{0,60}?(?:默认(?:值)?(?:为|是|"
    r"：|:)|defaults? (?:is|to|:)|by default(?: is)?)\s*`?(-?[\w./:]+)`?"
)
_PORT = re.compile(
    r"(?:默认(?:监听|使用|的)?端口(?:号)?(?:为|是|：)?|default "
    r"port(?: is|:)?|listens on port)\s*`?(\d{2,5})`?"
)
_YEAR = re.compile(
    r"(?<![\d.-])((?:公元前)?\d{3,4})\s?年|(?:\bin|\bIn|\bsince|"
    r"\bSince|\bby|\bBy|\bfrom|\buntil|\b[Oo]n)\s+(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2})?,? )?"
    r"(\d{3,4})\b(?!\s?(?:MB|"
    r"KB|GB|[a-z]+s\b|%))"
)


#: An event of the past, told in English; what is said of today is no event of a year.
_PAST = re.compile(r"\b(?:\w{2,}ed|was|were|became|began|won|led|broke|made|wrote|fell|"
    r"took|lost|bought|sold|chose|rose|drew|fought|brought|grew|spoke|struck|gave|built|held|came|went|sent|left|set|met|saw)\b")
_PRESENT = re.compile(r"\b(?:is|are|can|will|has|have|must|may|should|does|do)\b")
#: "1769: an engine is patented", "1853年：一座城被攻占": an event behind its year.
_DATED = re.compile(
    rf"^(?:公元)?(\d{{3,4}})\s?年?(?:\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)?\s*(?:[:：–—-]|\s-\s)\s*(?P<event>[{HAN}A-Z《“].{{5,}})$"
)


_LABELS = re.compile(rf"[{HAN}]{{2,6}}：|(?<!\S)[A-Z][a-z]+: ")


def dated(text: str) -> tuple[str, str] | None:
    """Split an entry of a timeline into its year and its event."""
    found = _DATED.match(without_end(text))
    least = 500 if found and "年" in found.group()[:8] else 1000  # without the word, three digits are a code
    return (found.group(1), found.group("event").strip()) if found and least <= int(found.group(1)) <= 2100 else None


def extract(note: Note) -> Iterator[Finding]:
    for said in statements(note):
        yield from _measured(note, said)
    for block in note.blocks:
        if block.kind in ("paragraph", "item") and not block.struck:
            entry = dated(block.line)
            if entry is not None and block.kind == "item":
                yield from _year(note, block.lines, block.path, note.corrected(_told(*entry)), 4)
                continue
            for sentence in block.sentences:
                if len(_LABELS.findall(sentence)) > 1:
                    continue  # rows of labels that an editor joined: "时间：… 地点：…"
                yield from _default(note, block.lines, block.path, sentence)
                yield from _year(note, block.lines, block.path, note.corrected(sentence))


def _told(year: str, event: str) -> str:
    """Make a sentence of an entry: "1769: Watt patents" becomes "1769: Watt patents."."""
    event = sentences(event)[0] if sentences(event) else event
    return f"{year} 年，{event}" if han_count(event) else f"In {year}, {_ARTICLE.sub(lambda found: found.group().lower(), event)}"


def _measured(note: Note, said: Statement) -> Iterator[Finding]:
    values = _VALUE.findall(said.sentence)
    if len(values) != 1 or _EXAMPLE.search(said.sentence) or said.sentence.count(values[0][0]) != 1:
        return
    about = next((name for pattern, name in _ABOUT if pattern.search(said.sentence)), "")
    if not about:
        return
    value, unit = values[0]
    sure = good(said, (value,)) and (_UNITS[unit] != "" or about in ("maximum", "minimum"))
    yield QuantityFact(
        note.source(said.block, said.lines),
        language_of(said.sentence),
        said.sentence,
        "safe" if sure else "unsure",
        said.subject,
        about,
        value,
        _UNITS[unit],
        said.sentence,
    )


def _default(note: Note, lines: tuple[int, int], path: tuple[str, ...], sentence: str) -> Iterator[Finding]:
    from notes.facts import Source

    coded = _CODED.search(sentence)
    if coded and not coded.group(1).startswith("-") and coded.group(2) not in ("the", "a", "an", "to", "not"):
        key, value = coded.groups()
        whole = f"`{key}` 的默认值是 {value}。" if language_of(sentence) == "zh" else f"`{key}` defaults to {value}."
        sure = bool(re.search(r"\d|true|false|on|off|none|null|yes|no", value)) and key not in value
        yield QuantityFact(
            Source(note.file, path, lines),
            _language(sentence),
            sentence,
            "safe" if sure else "unsure",
            key,
            "default",
            value.rstrip("."),
            "",
            whole,
        )
    port = _PORT.search(sentence)
    subject = note.opening_terms.opening(sentence)
    if port and subject and fit_sentence(sentence):
        yield QuantityFact(
            Source(note.file, path, lines),
            _language(sentence),
            sentence,
            "safe",
            subject.term,
            "default port",
            port.group(1),
            "",
            sentence,
        )


def _year(
    note: Note, lines: tuple[int, int], path: tuple[str, ...], sentence: str, least: int = 6
) -> Iterator[Finding]:
    from notes.facts import Source

    years = [zh or en for zh, en in _YEAR.findall(sentence)]
    if len(years) != 1 or sentence.count(years[0]) != 1 or not 500 <= int(re.sub(r"\D", "", years[0])) <= 2100:
        return
    rest = _YEAR.sub("", sentence)
    event = re.sub(rf"[^{HAN}A-Za-z]+", " ", rest).strip()
    said = fit_sentence(sentence) and len(re.findall(rf"[{HAN}]|[A-Za-z]+", event)) >= least
    clean = not re.search(
        r"更新|updated|截图|发布于|写于|版权|copyright|作者|\bv?\d+\.\d+|"
        r"https?|今年|去年|目前|\d{4}-\d|\d{4}/\d",
        sentence,
        re.I,
    )
    told = han_count(sentence) or least < 6 or bool(_PAST.search(sentence) and not _PRESENT.search(sentence))
    clean = clean and bool(told)
    named = bool(re.match(rf"^(?:在|于|到|从|直到)?(?:公元前)?\d|^[{HAN}]{{2,}}|^(?:In|Since|By|From) \d|^[A-Z]", sentence))
    yield QuantityFact(
        Source(note.file, path, lines),
        _language(sentence),
        sentence,
        "safe" if said and clean and named else "unsure",
        event[:60],
        "year",
        years[0],
        "year",
        sentence,
    )


def _language(sentence: str) -> Language:
    return language_of(sentence)
