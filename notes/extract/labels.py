"""Lists of labels and texts: "- 网关：转发数据包的设备", "Heap: where objects live", line by line or item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notes.blocks import Block
from notes.note import Note
from notes.text import HAN, han_count, one_line, sentences, simpler, starts_badly
from notes.wording import is_label, starts_with_action

_ALIAS = r"\s*[（(]([A-Za-z][A-Za-z0-9 .&/，,'-]{1,48})[)）]"
_ITEM = re.compile(rf"^(.{{2,30}}?)(?:{_ALIAS})?\s*([：:]|\s[-–—=]+\s|[。，,](?=.)|\n)\s*(\S.*)$", re.S)
_ROW = re.compile(
    rf"^(?:\d{{1,2}}[)）、.]\s*|[①-⑳]\s*|[-*•·]\s*)?([\w一-鿿《“\"].{{0,28}}?)(?:{_ALIAS})?\s*(：|:|\s=|\s[-–—])\s*(\S.{{5,}})$"
)
_CODE_LABEL = re.compile(r"[1-5](?:\d\d|xx)(?: [A-Z][A-Za-z -]{1,30})?")
_PATH = re.compile(r"`?/[a-z][\w./-]*`?")  # a folder of a system: /etc
_IDENTIFIER = re.compile(r"[A-Za-z][\w.+#/-]*(?: [A-Za-z][\w.+#/-]*){0,2}(?:\(\))?")
#: What a bracket adds to a label is no other name of it: "Pipes (and sockets)". In capitals it is: "非空约束（NOT NULL）".
_JOINS = re.compile(
    r"(?!(?-i:[A-Z]{3}))(?:and|or|with|without|not|only|in|on|for|from|by|see|if|when|optional|required|default)\b", re.I
)
#: A label that is the beginning of a sentence, or says what something is like: "充满活力的", "next 语句一般".
NO_NAME = re.compile(
    r"(?:[的地得]|一般|通常|主要|可以|可|以及|经常|往往|[既均皆亦仅还又]|及以[上下])$|"
    r"\b(?:and|or) (?:earlier|later|newer|older|above|below)$"
)
#: The label names an aspect of something else, not a thing.
_ASPECT = re.compile(
    r"(?:主持人?|参会人?|出席人?|记录人|负责人|截止|原因|结果|影响|意义|背景|目的|口号|时间|地点|人物|标志|内容|性质|特点|特征|作用|优点|缺点|优势|劣势|方法|步骤|注意|例子?|公式|条件|要求|场景|结论|答案|"
    r"解析|区别|联系|关系|问题|建议|来源|参考|作者|日期|更新|链接|地址|版本|图\d*|表\d*|措施|过程|评价|启示|代表|局限|前提|表现|概括|思路|题目|难点|重点)$|^[第前后上下这该]|"
    r"\b(?:causes?|results?|effects?|dates?|times?|place|significance|who|what|when|where|why|how|pros|cons|notes?|examples?|answer|"
    r"summary|goals?|purpose|background|impact|author|updated|source|link|step \d+|day \d+|week \d+)$",
    re.I,
)
_CUE = re.compile(
    r"概念|术语|名词|定义|组件|组成|成分|结构|类型|分类|种类|状态|时期|阶段|约束|关键字|关键词|角色|层|模式|细胞器|大类|要素|参数|模型|模块|协议|"
    r"\b(?:terms?|terminology|vocabulary|glossary|concepts?|definitions?|components?|types?|kinds|states?|parts|organelles|phases|stages|"
    r"layers|roles|levels|probes|objects|modules|protocols|codes?|elements|structures|methods|functions)\b",
    re.I,
)
_DEFINES_ZH = re.compile(
    rf"^(?:是?一[种个类款项]|指|用于|用来|负责|存[放储]|保存|管理|表示|由|使|使得|将|把|能够?|可以|具有|连接|组成|构成|包含|保证|描述|记录|提供|实现|允许|防止|维护|运行|"
    rf"对[{HAN}]|在[{HAN}]|当[{HAN}]|一个[{HAN}])|的[{HAN}A-Za-z]{{1,10}}(?:[，,]|$)|(?:单位|场所|阶段|状态|结构|集合|总和|数量|程度|变动|差额|代价|成本)(?:，|$)"
)
_DEFINES_EN = re.compile(
    r"^(?:an?|the|one|any)\s.+\b(?:that|which|who|whose|where|used|for|of|to|in|with|between|from|by|made|designed)\b|"
    r"^[a-z]+(?: [a-z]+){0,3} (?:that|which|who|whose|by which|of|used|where|in which)\b|^[a-z]+ing\b",
    re.I,
)


@dataclass(frozen=True)
class Labelled:
    """A label with its text, and how many siblings have the same shape."""

    block: Block
    lines: tuple[int, int]
    term: str
    alias: str
    mark: str
    text: str  # its first sentence
    body: str  # all of it
    bold: bool
    siblings: int


def labelled(note: Note) -> tuple[Labelled, ...]:
    """Give the labels of list items and of paragraphs written line by line."""
    return note.once("labelled", lambda: _labelled(note))


def _labelled(note: Note) -> Iterator[Labelled]:
    lists: dict[int, list[Labelled]] = {}
    for block in note.blocks:
        if block.struck:
            continue
        if block.kind == "item":
            lists.setdefault(block.list_id, []).extend(_of_item(block))
        elif block.kind == "paragraph" and "\n" in block.text:
            rows = list(_of_rows(block))
            yield from _counted(rows)
    for items in lists.values():
        yield from _counted(items)


def _counted(found: list[Labelled]) -> Iterator[Labelled]:
    for each in found:
        yield Labelled(**{**each.__dict__, "siblings": len(found)})


def _of_item(block: Block) -> Iterator[Labelled]:
    found = _ITEM.match(block.text)
    if found:
        term, alias, mark, body = found.groups()
        if mark in "。，," and not alias:
            return
        yield from _one(block, block.lines, term, alias or "", mark.strip() or "\n", body)


def _of_rows(block: Block) -> Iterator[Labelled]:
    rows = block.text.split("\n")
    exact = len(rows) == block.lines[1] - block.lines[0] + 1
    for place, row in enumerate(rows):
        found = _ROW.match(row.strip())
        if found:
            line = block.lines[0] + place
            term, alias, mark, body = found.groups()
            yield from _one(block, (line, line) if exact else block.lines, term, alias or "", mark.strip(), body)


def _one(block: Block, lines: tuple[int, int], term: str, alias: str, mark: str, body: str) -> Iterator[Labelled]:
    term = term.strip('*“”"「」= ').strip()
    first = (sentences(body if han_count(body) else one_line(body)) or [""])[0]
    forms = (term, f"{term}({alias})", f"{term}（{alias}）", f"{term} ({alias})", f"{term}（{alias}）".replace(" ", ""))
    bold = any(phrase.rstrip("。.;；,，、:：!！ ") in forms for phrase in block.strong)
    alias = re.split(r"[，,]", alias)[0].strip()
    alias = alias if " - " not in alias and alias.count(" ") < 4 and not _JOINS.match(alias) else ""
    if first and (len(term) > 1 or alias):
        yield Labelled(block, lines, term, alias, mark, first, body, bold, 1)


def is_term(term: str) -> bool:
    """Tell whether a label may name a thing."""
    if _CODE_LABEL.fullmatch(term) or _PATH.fullmatch(term):
        return True
    if is_label(term) or starts_badly(term) or _ASPECT.search(term) or NO_NAME.search(term) or term.count(" ") > 3:
        return False
    if re.search(r"[，。！？!?;；/→]|https?|\d{2,}|^[-\d]|\bvs\b\.?|\.$|^0x", term):
        return False
    return (2 <= len(term) <= 24 or han_count(term) == 1) and han_count(term) <= 10


def is_code_label(term: str) -> bool:
    """Tell whether a label is a status code: `404 Not Found`, `3xx`."""
    return bool(_CODE_LABEL.fullmatch(term))


def defines(found: Labelled, lead: str) -> bool:
    """Tell whether a label without bold print and without a translation is defined by its text: it has like
    siblings, and the text, the heading or the line above says so.
    """
    if found.siblings < 2 or found.mark not in ("：", ":", "-", "–", "—", "=", "--"):
        return False
    text = found.text
    if han_count(text):
        text = simpler(text)
        shaped = bool(_DEFINES_ZH.search(text.rstrip("。；;. "))) or starts_with_action(text)
    else:
        shaped = bool(_DEFINES_EN.match(text)) or starts_with_action(text)
    named = bool(_IDENTIFIER.fullmatch(found.term) or _PATH.fullmatch(found.term)) and han_count(text) >= 4
    cued = bool(_CUE.search(lead))
    if found.block.kind == "paragraph":
        return shaped and (cued or named or han_count(found.term) >= 2)
    return (found.siblings >= 3 and (shaped or named or cued)) or (shaped and cued)
