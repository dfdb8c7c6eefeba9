"""Steps and layers in order: stacks, lists of steps, arrow chains, first-then sentences, procedures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.statements import statements
from notes.facts import SequenceFact, Source, Trust
from notes.note import Note
from notes.text import (
    HAN,
    balanced,
    han_count,
    language_of,
    leans,
    one_line,
    sentences,
    starts_badly,
    without_end,
)
from notes.wording import is_label, starts_with_action

_STACK = re.compile(
    r"(?:从|自|由)(?:底|下)(?:向|到|往|而|至)(?:顶|上)|(?:从|自|"
    r"由)(?:顶|上)(?:向|到|往|而|至)(?:底|下)|(?:从|由)(?:外|内|"
    r"里)(?:到|向|往|而|至)(?:里|内|外)|(?:从|由)(?:左|右)(?:到|"
    r"向|往|至)(?:右|左)|"
    r"(?:从|由|按)(?:低|高|小|大|早|晚|近|远|先|强|弱)(?:到|至|往)(?:高|低|大|小|晚|早|远|近|后|弱|强)|"
    r"\b(?:from )?(?:the )?(?:bottom|top|lowest|highest|outermost|"
    r"innermost|inside|outside|smallest|largest|oldest|newest)[ "
    r"-](?:to|up|down)(?:[ -](?:the )?"
    r"(?:top|bottom|highest|lowest|innermost|outermost|outside|"
    r"inside|largest|smallest|newest|oldest))?\b|\bbottom-up\b|"
    r"\btop-down\b",
    re.I,
)
_STEPS = re.compile(
    r"步骤|流程|过程|阶段|工作原理|顺序|生命周期|次序|先后|\b(?:steps?|"
    r"stages?|phases?|process|workflow|life ?cycle|procedure|pipeline|"
    r"sequence|in order|order of|how .{2,40} works?)\b",
    re.I,
)
_BARE_NAME = re.compile(
    r"(?:(?:主要|具体|基本)?(?:步骤|流程|过程|阶段|顺序)|(?:the )?(?:steps?|stages?|phases?|order|process))"
    r"\s*(?:[（(][^()（）]*[)）])?\s*[:：]?",
    re.I,
)
_PLAN = re.compile(r"安装|后续|下一步|计划|贡献|install|next steps|to ?do|plan|contribut|目录|contents", re.I)
_ARROW = re.compile(r"\s*(?:-{1,2}>|→|⇒|➜|=>|—>|——>)\s*")
_ONE_SENTENCE = re.compile(r"(?:会|将|应|要|则|需要?)?先(?!进|后|生|天|前|锋)(?P<rest>.{2,})")
_ENGLISH = re.compile(
    r"^\s*(?:first )?([a-z]+s\b[^,]{4,60}), (?:(?:then )?([a-z]+s\b[^,]{4,60}),? "
    r")?(?:and )?then ([a-z]+s\b.{4,60})$"
)
_AFTER = re.compile(rf"^(.{{2,20}}?)(?:之后|以后|后)[，,]?(?:再|会|便|就|才)?([{HAN}A-Z`].{{2,}})$")
_FIRST = re.compile(
    r"^(?:[^，。]{0,16}[，,])?\s*(?:我们)?(?:首先|第一步)[，,]?\s*(?:先)?|^(?:First(?:ly)?|To begin),?\s+",
    re.I,
)
_THEN = re.compile(
    r"^(?:然后|接着|接下来|之后|随后|再|最后|其次|第[二三四五]步)[，,]?\s*(?:再)?|"
    r"^(?:Then|Next|After that|Afterwards|Finally|Lastly|Second(?:ly)?|"
    r"Third(?:ly)?),?\s+",
    re.I,
)
_OF_STAGES = re.compile(r"阶段|生命周期|顺序|stages?|phases?|life ?cycle|order", re.I)
_SHORT = re.compile(r"^(.{2,30}?)\s*(?:[（(][^()（）]{1,40}[)）])?\s*(?:。|：|: | [-–—] |$)")
_BRACKET_BEHIND = re.compile(r"\s*[（(][^()（）]*[)）]$")
_ANNOUNCES = re.compile(r"(?:如下|分为以下|包括以下|as follows|are:?|the following).*$")
_LATER = re.compile(r"后|再|然后|最后|接着")
_WHEN_OR_THEN = re.compile(r"(?:的时候|时候|时|的过程中|之后|后)$")
_WHEN = re.compile(r"(?:的时候|时候|时)[，,]$")
_CLAUSE_END = re.compile(r"[，,；;。]")
_FIRST_THEN = re.compile(r"^(?:然后|接着|之后|最后|随后|再)(?:再)?")
_AIM = re.compile(r"^(?:如果|若)?(?:想|需)?要?(.{4,16}?)[，,]\s*首先")
_AFTERWARDS = re.compile(r"^[^，。]{2,8}(?:后|之后)[，,]")
_AFTERWARDS_ALL = re.compile(r"^[^，。]{2,8}(?:后|之后)[，,]\s*")
_JOINED = re.compile(r"[，,]\s*(?:并且?|and then |then )\s*(?=\S)")
_OPENER = re.compile(r"^(?:使用了|我们|来)\s*")


def extract(note: Note) -> Iterator[Finding]:
    yield from _lists(note)
    for block in note.blocks:
        if block.kind in ("paragraph", "item") and not block.struck:
            yield from _arrows(note, block)
    yield from _first_then(note)
    yield from _procedures(note)


def _lists(note: Note) -> Iterator[Finding]:
    """Lists announced as a stack or as steps."""
    place = 0
    while place < len(note.blocks):
        block = note.blocks[place]
        if block.kind != "item":
            place += 1
            continue
        items, end = [], place
        while end < len(note.blocks) and (note.blocks[end].kind == "item" or note.blocks[end].level > 0):
            if note.blocks[end].list_id == block.list_id:
                items.append(note.blocks[end])
            end += 1
        yield from _one_list(note, place, items)
        place = end


def stacked_lists(note: Note) -> tuple[int, ...]:
    """Give the lists that are announced as a stack: their labels name its layers, not what the note is about."""
    return note.once("stacked lists", lambda: _stacked(note))


def _stacked(note: Note) -> Iterator[int]:
    seen: set[int] = set()
    for place, block in enumerate(note.blocks):
        if block.kind == "item" and block.list_id not in seen:
            seen.add(block.list_id)
            if _STACK.search(_lead(note, place)) or _STACK.search(block.path[-1] if block.path else ""):
                yield block.list_id


def _one_list(note: Note, place: int, items: list[Block]) -> Iterator[Finding]:
    lead = _lead(note, place)
    heading = items[0].path[-1] if items[0].path else ""
    stack = _STACK.search(lead) or _STACK.search(heading)
    steps = tuple(_label(note, item) for item in items)
    lines = (items[0].lines[0], items[-1].lines[1])
    if not 3 <= len(steps) <= 12 or len(set(steps)) < len(steps) or not all(_fit(step) for step in steps):
        return
    source = Source(note.file, items[0].path, lines)
    text = "\n".join(one_line(item.text) for item in items)
    if stack:
        yield SequenceFact(
            source,
            note.language,
            text,
            "safe",
            _stack_name(note, items[0].path, lead, stack.group(), note.language),
            steps,
        )
    elif items[0].ordered and (_STEPS.search(lead) or _STEPS.search(heading)) and not items[0].quoted:
        acts = sum(1 for step in steps if starts_with_action(step)) >= 0.6 * len(steps)
        stages = bool(
            _OF_STAGES.search(lead + heading)
        )
        sure = (
            (acts or stages) and not _PLAN.search(lead + heading) and all(len(step) <= 60 for step in steps)
        )
        yield SequenceFact(
            source,
            language_of(text),
            text,
            "safe" if sure else "unsure",
            _list_name(note, items[0].path, lead),
            steps,
        )


def _lead(note: Note, place: int) -> str:
    before = note.blocks[place - 1] if place else None
    if before is None or before.kind != "paragraph" or before.path[:1] != note.blocks[place].path[:1]:
        return ""
    said = sentences(before.text)
    return said[-1] if said else ""


def _label(note: Note, item: Block) -> str:
    text = one_line(item.text.split("\n")[0])
    if item.strong and text.startswith(item.strong[0]) and len(item.strong[0]) <= 40:
        text = item.strong[0]
    short = _SHORT.match(text)
    return note.corrected(without_end(short.group(1) if short else (sentences(text) or [""])[0]))


def _fit(step: str) -> bool:
    return 1 <= len(step) <= 90 and balanced(step) and not leans(step) and not is_label(step)


def _topic(note: Note, path: tuple[str, ...]) -> str:
    """The nearest heading that names a thing."""
    for title in reversed(path):
        bare = _BRACKET_BEHIND.sub("", title)
        if not is_label(bare) and not _STACK.search(bare):
            return note.corrected(bare)
    return note.title


def _stack_name(note: Note, path: tuple[str, ...], lead: str, direction: str, language: str) -> str:
    return (
        f"{_topic(note, path)}：{direction}的各层"
        if language == "zh"
        else f"{_topic(note, path)}: layers {direction.casefold()}"
    )


def _list_name(note: Note, path: tuple[str, ...], lead: str) -> str:
    if lead and _BARE_NAME.fullmatch(lead.strip()):
        return _topic(note, path)  # "Stages (A, B, C):" says not of what
    named = (
        without_end(_ANNOUNCES.sub("", lead))
        if lead
        else ""
    )
    return (
        note.corrected(named)
        if 4 <= len(named) <= 40 and not starts_badly(named) and not leans(named)
        else _topic(note, path)
    )


def _arrows(note: Note, block: Block) -> Iterator[Finding]:
    for row in block.text.split("\n"):
        if "`" in row or len(row) > 300 or not _ARROW.search(row):
            continue
        lead, _, chain = row.rpartition("：") if "：" in row else row.rpartition(": ")
        steps = tuple(without_end(node) for node in _ARROW.split(chain))
        if (
            not 3 <= len(steps) <= 8
            or len(set(steps)) < len(steps)
            or not all(1 < len(step) <= 30 and _fit(step) for step in steps)
        ):
            continue
        if any(re.fullmatch(r"[\d.:/\\x]+|\W+", step) for step in steps) or re.search(
            r"菜单|点击|设置|File|Edit|click|menu|select", row, re.I
        ):
            continue
        heading = block.path[-1] if block.path else ""
        name = (
            without_end(lead)
            if 2 <= len(lead) <= 40 and not leans(without_end(lead)) and not starts_badly(lead)
            else _topic(note, block.path)
        )
        sure = bool((lead and not is_label(lead)) or _STEPS.search(heading)) and all(
            han_count(step) > 1 or step.isalpha() or " " in step for step in steps
        )
        yield SequenceFact(
            note.source(block),
            language_of(row),
            row,
            "safe" if sure else "unsure",
            note.corrected(name),
            steps,
        )


def _first_then(note: Note) -> Iterator[Finding]:
    """ "会先发送 A，等待 10s 后发送 B": three steps of one sentence about a known subject."""
    for said in statements(note):
        english = _ENGLISH.match(said.rest.rstrip("."))
        if english and said.is_command:
            steps = tuple(without_end(step) for step in english.groups() if step)
            sure: Trust = "safe" if len(steps) >= 3 and all(_fit(step) for step in steps) else "unsure"
            yield SequenceFact(
                note.source(said.block, said.lines),
                "en",
                said.sentence,
                sure,
                f"what `{said.subject}` does",
                steps,
            )
        found = _ONE_SENTENCE.search(said.rest)
        if not found or not _LATER.search(found.group("rest")):
            continue
        steps = _clauses(found.group("rest"))
        if not 2 <= len(steps) <= 6 or not all(_fit(step) and not starts_badly(step) for step in steps):
            continue
        trust: Trust = "safe" if len(steps) >= 3 and len(set(steps)) == len(steps) else "unsure"
        front = without_end(said.sentence[: said.sentence.rindex(found.group())])
        front = _WHEN_OR_THEN.sub("", front)
        front = _WHEN.sub("", front).strip("，, ")
        yield SequenceFact(
            note.source(said.block, said.lines), "zh", said.sentence, trust, front or said.subject, steps
        )


def _clauses(rest: str) -> tuple[str, ...]:
    steps: list[str] = []
    for clause in _CLAUSE_END.split(rest):
        clause = _FIRST_THEN.sub("", clause.strip())
        split = _AFTER.match(clause)
        steps.extend(split.groups() if split else [clause])
    return tuple(without_end(step) for step in steps if step)


def _procedures(note: Note) -> Iterator[Finding]:
    """Sentences of one section that open with first, then, finally, listings between them."""
    steps: list[str] = []
    lines: list[int] = []
    path: tuple[str, ...] = ()
    goal = ""
    for block in [*note.blocks, None]:
        if block is None or block.path != path or block.kind == "heading":
            yield from _procedure(note, path, goal, steps, lines)
            steps, lines, goal = [], [], ""
            path = block.path if block else ()
        if block is None or block.kind not in ("paragraph", "item"):
            continue
        for sentence in block.sentences:
            text = note.corrected(sentence)
            if _FIRST.match(text):
                yield from _procedure(note, path, goal, steps, lines)
                steps, lines = [], []
                aim = _AIM.match(text)
                goal = aim.group(1) if aim else ""
                steps.extend(_parts(_FIRST.sub("", text)))
                lines.extend(block.lines)
            elif steps and _THEN.match(text):
                steps.extend(_parts(_THEN.sub("", text)))
                lines.extend(block.lines)
            elif steps and _AFTERWARDS.match(text):
                steps.extend(_parts(_AFTERWARDS_ALL.sub("", text)))
                lines.extend(block.lines)


def _parts(text: str) -> list[str]:
    """Cut a sentence of a procedure into its actions."""
    parts = list(_JOINED.split(without_end(text)))
    return [
        _OPENER.sub(
            lambda found: "使用" if found.group().startswith("使用") else "",
            without_end(part),
        )
        for part in parts
        if len(part) > 3
    ]


def _procedure(
    note: Note, path: tuple[str, ...], goal: str, steps: list[str], lines: list[int]
) -> Iterator[Finding]:
    if len(steps) < 2 or not path or len(set(steps)) < len(steps):
        return
    good = len(steps) >= 3 and all(
        _fit(step) and not starts_badly(step) and len(step) <= 70 for step in steps
    )
    good = good and all(starts_with_action(step) for step in steps)
    name = f"{_topic(note, path)}：{goal}" if goal else _topic(note, path)
    source = Source(note.file, path, (min(lines), max(lines)))
    yield SequenceFact(
        source,
        language_of("".join(steps)),
        "\n".join(steps),
        "safe" if good else "unsure",
        name,
        tuple(steps),
    )
