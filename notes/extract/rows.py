"""Rows of tables about things of one sort: which port a service has, who did what, when a treaty was signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.siblings import description_column, is_counted, unmerged
from notes.facts import RowFact, Source
from notes.note import Note
from notes.text import balanced, clean_meaning, han_count, language_of, leans, length, simpler, starts_badly

LEAST_ROWS = 3
#: First columns that only count rows, and first columns of comparisons (see contrasts).
_COUNTS = re.compile(r"#|no\.?|id|序号|编号|号|nr\.?|index|行|步骤|step|day|week|周次?|日期|date", re.I)
_COMPARES = re.compile(
    r"|特性|特点|对比项?|比较项?|项目|维度|区别|方面|指标|features?|aspects?|criteri(?:on|a)|property|difference|comparison|dimension|"
    r"问题|questions?|i want to.*|how to.*|task|goal|需求|场景|操作|目的|任务",
    re.I,
)
#: Columns that hold examples, remarks and references: nothing to know.
_NEVER = re.compile(
    r"示例|例子?|举例|用例|样例|备注|注释?|链接|地址|网址|更新.*|作者|价格|状态|图片?|备考|示意图?|参考.*|出处|页码|学时|进度|完成.*|来源|文件|"
    r"examples?|samples?|notes?|remarks?|comments?|links?|urls?|price|cost|updated|author|status|usage|files?|references?|see|"
    r"sources?|pages?|done|progress|rating|score|stars?|output|result|e\.g\.?",
    re.I,
)
_NO_LESSON = re.compile(
    r"课程安排|学习计划|进度|目录|更新|贡献|参考|资源|下载|changelog|schedule|syllabus|contents|resources|links|contribut|"
    r"tools? used|progress|"
    r"结果|输出|results?\\b|output|data ?set|benchmark",
    re.I,
)
_MARKS = re.compile(r"[√×✓✔✗✘✅❌☑○●△\-—–/\\.\s]*|是|否|有|无|yes|no|n/?a|y|n|none|可|不可|支持|不支持|true|false", re.I)
#: Figures of a day, and not of the subject: sizes without a unit, popularity, "V:12, I:90".
_FIGURES = re.compile(
    r"(?:安装)?大小|体积|尺寸|流行度|热度|人气|下载量|星数|排名|(?:installed )?size|popularity|popcon|downloads|votes|"
    r"rank(?:ing)?",
    re.I,
)
_BARE = re.compile(r"\d{3,}|\d{1,3}(?:,\d{3})+|(?:[A-Z]{1,3}:\s?\d+[,;]?\s*)+")
#: A title that is half a sentence: "records contains", "it returns".
_CLAUSE = re.compile(r"\b(?:contains|returns|means|shows|takes|gives|holds|does|has|is|are|was|were)$", re.I)
_POINTS = re.compile(r"(?:refer|same as|as above|ditto)\b|同上|参见|参照|参考|见", re.I)
_CODE = re.compile(r"-?\d{1,4}|-?[A-Za-z]|[1-5][xX]{2}|0x[0-9A-Fa-f]{1,4}")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def extract(note: Note) -> Iterator[Finding]:
    for index, block in enumerate(note.blocks):
        if block.kind == "table" and len(block.rows) > LEAST_ROWS and not _is_data(note, index, block):
            yield from _of_table(note, block)


def _is_data(note: Note, index: int, block: Block) -> bool:
    """Tell whether a table is output of a query, a plan or a list of links."""
    head = [title.strip("*` ") for title in block.rows[0]]
    before = note.blocks[index - 1] if index else None
    queried = before is not None and before.kind == "fence"
    if is_counted(block):
        return True
    raw = all(_IDENTIFIER.fullmatch(title) for title in head) and (queried or "id" in head)
    return raw or bool(_NO_LESSON.search(" ".join(block.path[-1:])))


def _of_table(note: Note, block: Block) -> Iterator[Finding]:
    titles, placed = unmerged(block)
    if titles != block.rows[0]:
        return  # of a group of rows the other columns may say what they say of all of them
    head = [title.replace("`", "").strip("* ") for title in titles]
    rows = [(row, line) for row, line in placed if len(row) == len(head)]
    first = 1 if len(head) > 2 and _COUNTS.fullmatch(head[0]) else 0
    if not 2 <= len(head) - first <= 7 or len(set(head)) < len(head) or not _names_a_sort(head[first]):
        return
    names = [row[first].replace("`", "").strip("* ") for row, _ in rows]
    if len(rows) < LEAST_ROWS or len(set(names)) < len(names) or not all(map(_names_a_thing, names)):
        return
    coded = all(_CODE.fullmatch(name) for name in names)  # the meanings of names are definitions, those of codes are not
    described = 0 if coded else description_column(titles)
    for column in range(len(head)):
        if column != first and column != described and _is_attribute(head[column], [row[column] for row, _ in rows]):
            for name, (row, line) in zip(names, rows, strict=True):
                means = coded and column == description_column(titles)
                title = ("含义" if note.language == "zh" else "meaning") if means else head[column]
                yield from _cell(note, block, line, head[first], name, title, row[column])


def _names_a_sort(title: str) -> bool:
    return len(title) in range(2, 25) and not _COMPARES.fullmatch(simpler(title)) and not _COUNTS.fullmatch(title)


def _names_a_thing(name: str) -> bool:
    short = bool(name) and length(name) <= 24 and len(name) <= 40
    return short and not starts_badly(name) and not re.search(r"[，。！？!?;；<>]|https?", name)


def _is_attribute(title: str, cells: list[str]) -> bool:
    """Tell whether a column can be asked: it has a name, and cells that say something different."""
    title = simpler(title)
    if not 1 < len(title) <= 24 or _NEVER.fullmatch(title) or re.search(r"[?？]|如何|how to", title, re.I):
        return False
    said = [cell.strip("*` ") for cell in cells if cell.strip("*` ")]
    if _CLAUSE.search(title) or (_FIGURES.fullmatch(title) and any(_BARE.fullmatch(cell) for cell in said)):
        return False
    if len(said) < LEAST_ROWS or sum(bool(_MARKS.fullmatch(cell)) for cell in said) > 1:
        return False
    return len({cell.casefold() for cell in said}) >= LEAST_ROWS


def _cell(note: Note, block: Block, line: int, sort: str, name: str, attribute: str, cell: str) -> Iterator[Finding]:
    value = clean_meaning(cell)[0] if han_count(cell) > 8 or cell.count(" ") > 4 else cell.strip("* 。；;")
    plain = value.replace("`", "").strip()
    if not plain or _MARKS.fullmatch(plain):
        return
    good = (
        length(plain) <= 44
        and len(plain) <= 70
        and balanced(value)
        and not leans(plain)
        and not starts_badly(plain)
        and plain.casefold() != name.casefold()
        and not _POINTS.match(plain)
        and not re.search(r"\.(?:png|jpe?g|gif|svg|html?)\b|[❌✅]", plain)
    )
    yield RowFact(
        Source(note.file, block.path, (line, line)),
        language_of(f"{sort} {attribute} {name} {plain}"),
        f"{sort}：{name}，{attribute}：{plain}" if note.language == "zh" else f"{sort}: {name}; {attribute}: {plain}",
        "safe" if good else "unsure",
        note.corrected(sort),
        note.corrected(name),
        note.corrected(attribute),
        note.corrected(plain),
    )
