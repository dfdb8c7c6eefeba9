"""What terms mean: Chinese sentences of definition, labelled items, term tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.defining import BAD_GENUS, BAD_TERM, definition, split_alias, visible
from notes.extract.finding import Finding
from notes.extract.labels import NO_NAME, Labelled, defines, is_code_label, is_term, labelled
from notes.extract.manuals import SIGNALS
from notes.extract.siblings import coded_items, described_rows, description_column, of_tools
from notes.extract.tables import printed
from notes.facts import Source
from notes.grammar import is_tool, knows, parse_command
from notes.note import Note
from notes.text import (
    HAN,
    clean_meaning,
    fit_meaning,
    han_count,
    one_line,
    sentences,
    starts_badly,
    unwrapped,
    without_end,
)
from notes.wording import is_label

_ZH_IS = re.compile(
    r"^([^，。:：；;？?]{2,18}?)\s*(是指|指的是|就是指|指(?=的是|"
    r"将|把|在|用|一)|则是(?=将|把|用|一)|[，,]?(?:其实|实际上)?(?:就是|是)(?=一[种个类款项套门组段条台份张])|"
    r"为(?=一[种个类]))(.{6,})$"
)
_ZH_SERVES = re.compile(
    r"^(?P<term>[^，。:：；;？?的]{2,24}?)\s*(?:(?P<of>的(?:主要)?(?:作用|功能|用途|职责|任务)(?:就)?是)|(?:可以?|常|也|一般|通常)?(?P<verb>(?:主要)?(?:用于|用来|负责)))\s*"
    r"(?P<text>[^：:]{4,})$"
)
PREFIX_VERB = re.compile(
    r"^(?:即(?!时)|后(?![端期台缀序])|之|并(?![发行集])|被(?!告)|其|当(?!前)|而|再(?!生)|先(?!进)|会(?![话议员])|能(?![量力])|"
    r"可(?![用变靠执])|需(?!求)|要(?!素)|到|往|向(?!量)|"
    r"使用|通过|利用|采用|包括|基于|称为|叫做|和|与|或|在|由|从|"
    r"为|是|的|对|用|把|将|及|有|按|其|一个|一种|每个|这个|该|"
    r"如|例如|比如|生成|创建|执行|运行|查看|显示|添加|设置|进入|"
    r"支持|打开|选择|点击|安装)"
)
_PLAIN_TERM = re.compile(f"[A-Za-z][A-Za-z0-9_.+#-]*(?: [A-Za-z][A-Za-z0-9_.+#-]*)?(?:[{HAN}]{{2,4}})?|[{HAN}]{{2,8}}")
_SECOND_CLAUSE = re.compile(r"[，,]\s*(?:如果|若|当|但|而|并且|所以|因此|例如|比如|其中|这|它|也)")
_CALLED_TOOL = re.compile(r"\s*(?:命令|指令|工具)$")
_SO_CALLED = re.compile(r"^(?:所谓的?|其中[，]?)")
_ONE_WORD = re.compile(f"[{HAN}]{{2,8}}|[A-Za-z][\\w+#-]{{1,15}}")
_PARTICLE = re.compile("[的了着过把被将在对从]")
_PRONOUN_FIRST = re.compile(r"[它他她其你我]")
_OF_A_TIME = re.compile("时期|阶段")
_ASKED = re.compile(r"^(?:什么是|何为)(.+?)[？?]?$|^What (?:is|are)(?: an?| the)? (.+?)\??$", re.I)
_CALL = re.compile(r"[\w.]+\([^)]*\)$", re.A)
_NO_NAME = re.compile(r"[，。<>]|^\d+$")
_TYPED_ONLY = re.compile(r"[/\\=<>{}$]|\.\w+$|^\d+$")
_COLUMN_GAP = re.compile(r"\s{2,}")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]{1,15}")


def extract(note: Note) -> Iterator[Finding]:
    for index, block in enumerate(note.blocks):
        if block.struck or block.kind not in ("paragraph", "item", "heading"):
            continue
        if block.kind != "heading":
            yield from _from_sentences(note, block)
            yield from _under_heading(note, index, block)
    yield from _from_labels(note)
    yield from _from_tables(note)
    yield from _from_coded(note)
    yield from _from_aligned(note)


def _from_sentences(note: Note, block: Block) -> Iterator[Finding]:
    for sentence in sentences(unwrapped(block.text)):
        found = _ZH_IS.match(without_end(sentence)) if han_count(sentence) > 5 else None
        if found:
            yield from _zh(note, block, sentence, found.group(1), found.group(3), found.group(2))
            continue
        serves = _ZH_SERVES.match(without_end(sentence)) if han_count(sentence) > 3 else None
        if serves:
            yield from _serving(note, block, sentence, serves)


def _serving(note: Note, block: Block, sentence: str, found: re.Match[str]) -> Iterator[Finding]:
    """ "ARP 的作用是 …", "readinessProbe 用于 …": what a thing with a name is for."""
    term = found.group("term").strip("`* ")
    text = found.group("text") if found.group("of") else f"{found.group('verb')}{found.group('text')}"
    plain = _PLAIN_TERM.fullmatch(term)
    if not plain or BAD_TERM.search(term) or is_label(term) or starts_badly(term) or term in note.declared:
        return
    if han_count(term) == len(term) and not visible(note, block, term):
        return
    first = _SECOND_CLAUSE.split(text)[0]
    if not _names_a_tool(term):
        yield definition(note, note.source(block), sentence, term, "", first, "safe")


def _calls_a_tool(term: str) -> bool:
    return term.endswith(("命令", "指令")) and _names_a_tool(term)


def _names_a_tool(term: str) -> bool:
    """Tell whether a term is a command of the list, be it called one: "tar", "tar 命令"; what it does is its purpose."""
    return is_tool(_CALLED_TOOL.sub("", term).split(" ")[0])


def _zh(note: Note, block: Block, sentence: str, term: str, text: str, said: str = "") -> Iterator[Finding]:
    term, alias = split_alias(_SO_CALLED.sub("", term.strip('“”"「」`* ')))
    if not 1 < len(term) <= 18 or BAD_TERM.search(term) or is_label(term) or starts_badly(term) or _calls_a_tool(term):
        return
    if NO_NAME.search(term):
        return
    if BAD_GENUS.match(text) or not fit_meaning(clean_meaning(text)[0]):
        return
    yield definition(
        note,
        note.source(block),
        sentence,
        term,
        alias,
        text,
        "safe" if alias or visible(note, block, term) or _named_outright(term, said) else "unsure",
    )


def _named_outright(term: str, said: str) -> bool:
    """Tell whether "X 是指 …" stands behind a plain noun: no clause, no possessive."""
    return (
        said in ("是指", "指的是", "就是指")
        and bool(_ONE_WORD.fullmatch(term))
        and (not _PARTICLE.search(term))
    )


def _from_labels(note: Note) -> Iterator[Finding]:
    """ "- 镜像(Image)" with text below, "- **Broker**: routes messages", terms line by line."""
    for found in labelled(note):
        term, block = found.term, found.block
        if not is_term(term) or "`" in term or PREFIX_VERB.match(term) or (" " in term and han_count(term)):
            continue
        if is_tool(term.split()[0]) and knows(term) and not found.bold:
            continue
        if found.mark == "。" and _PRONOUN_FIRST.match(found.text):
            continue
        marked = found.bold or bool(found.alias)
        sure = marked and found.mark != "。" and block.kind == "item" and (bool(found.alias) or not _benefit(found, note))
        sure = sure or (marked and block.kind == "paragraph" and defines(found, _lead(note, found)))
        sure = sure or (not _benefit(found, note) and defines(found, _lead(note, found)))
        yield definition(
            note,
            note.source(block, found.lines),
            f"{term}：{found.body}" if block.kind == "paragraph" else block.text,
            term,
            found.alias,
            found.text,
            "safe" if sure else "unsure",
            is_code_label(term),
        )


def _lead(note: Note, found: Labelled) -> str:
    """The heading above a list of labels and the line in front of it."""
    index = bisect_left(note.starts, found.block.lines[0])
    others = (block for block in note.before(index) if block.kind != "item" or block.list_id != found.block.list_id)
    before = next(others, None)
    near = before is not None and before.kind in ("paragraph", "item")
    line = before.text if before is not None and near and len(before.text) < 60 else ""
    return " ".join((*found.block.path[-1:], line))


def _term_like(term: str) -> bool:
    return is_term(term) and not (is_tool(term.split()[0]) and knows(term))


_BENEFITS = re.compile(
    r"影响|意义|背景|原因|结果|后果|评价|内容|优点|缺点|优势|好处|特点|特性|步骤|流程|建议|"
    r"impact|effect|cause|result|significance|background|benefit|advantage|feature|pros|cons|step|tip|why",
    re.I,
)
_COMPARES = re.compile(r"区别|不同|对比|比较|差异|\bvs\b|versus|differ|compar", re.I)


def _benefit(found: Labelled, note: Note) -> bool:
    """Tell whether the labels of a list name benefits, causes or points of comparison rather than things."""
    heading = " ".join(found.block.path[-1:])
    if _OF_A_TIME.search(heading) or found.term.casefold() in heading.casefold():
        return False
    return bool(_COMPARES.search(heading) or _BENEFITS.search(heading))


def _under_heading(note: Note, index: int, block: Block) -> Iterator[Finding]:
    """ "## 什么是租约？" and the first sentence below it."""
    above = note.blocks[index - 1] if index else None
    if above is None or above.kind != "heading" or block.kind != "paragraph":
        return
    asked = _ASKED.match(above.text)
    if not asked:
        return
    term, alias = split_alias((asked.group(1) or asked.group(2)).strip("`* "))
    first = (block.sentences or ("",))[0]
    body = re.sub(
        rf"^(?:它|It|They|{re.escape(term)})\s*(?:是指|指的是|是|指|is|are|refers to)\s*",
        "",
        first,
        flags=re.I,
    )
    if body != first and _term_like(term):
        yield definition(note, note.source(block), first, term, alias, body, "safe")


_TERM_HEAD = re.compile(
    r"^(?:概念|组件|术语|名词|名称|术语/概念|关键字|关键词|指令|"
    r"字段|状态|符号|信号|变量|属性|类型|权限|concept|term|name|"
    r"keyword|instruction|field|status|symbol|signal|variable|"
    r"attribute|type|word|part|component|organelle|structure)s?$",
    re.I,
)


def _from_tables(note: Note) -> Iterator[Finding]:
    tools = note.once("tables of tools", lambda: _tables_of_tools(note))
    for block, head, row, line in described_rows(note):
        term = row[0].replace("`", "").strip("* ")
        command = parse_command(term) and is_tool(term.split()[0])
        if term.startswith("-") or (command and (block.lines in tools or not _TERM_HEAD.match(head[0].strip("* ")))):
            continue
        place = next(place for place, title in enumerate(head) if place and row[place])
        yield from _from_row(note, block, head, row, line, term, place)


def _tables_of_tools(note: Note) -> Iterator[tuple[int, int]]:
    """The lines of the tables most of whose names are commands: under "指令" stand commands as well as instructions."""
    names: dict[tuple[int, int], list[bool]] = {}
    for block, _, row, _ in described_rows(note):
        words = row[0].replace("`", "").strip("* ").split()
        names.setdefault(block.lines, []).append(bool(words) and is_tool(words[0]))
    return (lines for lines, tools in names.items() if sum(tools) * 2 > len(tools))


def _from_row(
    note: Note, block: Block, head: tuple[str, ...], row: tuple[str, ...], line: int, term: str, place: int
) -> Iterator[Finding]:
    text = row[description_column(head)]
    term, alias = (term, "") if _CALL.match(term) else split_alias(term)
    named = 1 < len(term) <= 30 or han_count(term) == len(term) == 1
    if named and not is_label(term) and not _NO_NAME.search(term):
        yield definition(note, Source(note.file, block.path, (line, line)), " | ".join(row), term, alias, text, "safe")


def _from_coded(note: Note) -> Iterator[Finding]:
    """ "- `EXPOSE`: names the ports" — a code span that is neither an option nor a command."""
    columns = {column for shown in printed(note) for column in shown.columns}
    for block, span, text, siblings in coded_items(note):
        if span in columns:
            continue
        sign = len(span) == 1 and not span.isalnum() and siblings >= 3  # "`-`: takes away", "`=`: sets"
        if (
            block.kind == "table"
            or (span.startswith("-") and not sign)
            or siblings < 3
            or " " in span.strip()
            or (of_tools(note, block) and ((is_tool(span) and len(span) > 1) or note.command_for(span)))
        ):
            continue
        if (_TYPED_ONLY.search(span) and not sign) or len(span) > 24 or span.rstrip("()") in note.declared:
            continue
        first = (sentences(text if han_count(text) else one_line(text)) or [""])[0]
        yield definition(note, note.source(block), f"{span}: {text}", span, "", first, "safe")


def _from_aligned(note: Note) -> Iterator[Finding]:
    """Rows of a listing in aligned columns, a name in capitals first and words of Chinese last."""
    for index, lines in note.listings.items():
        rows = [(line, _COLUMN_GAP.split(line.text.strip())) for line in lines if line.kind in ("output", "other")]
        rows = [
            (line, cells)
            for line, cells in rows
            if 2 <= len(cells) <= 3 and _CAPITALS.fullmatch(cells[0]) and han_count(cells[-1]) >= 2
            and f"SIG{cells[0]}" not in SIGNALS
        ]
        for line, cells in rows if len(rows) >= 3 else []:
            yield definition(note, note.source(note.blocks[index], line.lines), line.text, cells[0], "", cells[-1], "safe")
