"""List items and table rows that explain a code span: "- `docker ps`: list containers"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from notes.blocks import Block
from notes.grammar import is_tool
from notes.note import Note
from notes.text import simpler
from notes.wording import starts_with_action

#: A code span in front, then a separator or a space, then the text.
_CODED = re.compile(
    r"^`([^`\n]{1,90})`(?:\s*(?:/|,|，|、|或|or)\s*`([^`\n]{1,60})`)?\s*(?:[:：]|"
    r"[-–—]+(?=\s)|=(?=\s))?\s*(\S.*)$",
    re.S,
)
_BARE = re.compile(
    r"^(-{1,2}[A-Za-z][\w-]*(?:\s*[,，/]\s*-{1,2}[\w-]+)?(?:[= "
    r"][<\[]?[A-Za-z_]+[>\]]?)?)\s*(?:[:：]|[-–—]+(?=\s)|\s(?=[^-]))\s*(\S.*)$",
    re.S,
)
_ARROW = re.compile(r"^(?:->|=>|→|⇒)")
_DESCRIBES = re.compile(
    r"^(?:说明|描述|作用|含义|功能|解释|意义|用途|备注|中文说明|"
    r"命令说明|用法说明|meaning|description|purpose|explanation|"
    r"what it does|function|"
    r"effect|details?|usage|use|action|definition)s?$",
    re.I,
)
_BOLD_ENDS = re.compile(r"^\*\*|\*\*$")
_ONE_WORD = re.compile(r"[.\w-]{2,24}")
_WORD_FIRST = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_TICKS = re.compile("[❌✅✗]")


def coded_items(note: Note) -> tuple[tuple[Block, str, str, int], ...]:
    """Give (block, code, text, siblings of the same shape) for list items and rows of description tables."""
    return note.once("coded_items", lambda: _coded_items(note))


def _coded_items(note: Note) -> Iterator[tuple[Block, str, str, int]]:
    found: list[tuple[Block, str, str]] = []
    for block in note.blocks:
        if block.kind == "item":
            found.extend((block, code, text) for code, text in _split_item(block))
    counts = Counter(block.list_id for block, _, _ in found)
    for block, code, text in found:
        yield block, code, text, counts[block.list_id]
    for block, head, row, line in described_rows(note):
        code = row[0].replace("`", "").strip()
        text = row[description_column(head)]
        narrow = Block("table", (line, line), block.path, " | ".join(row), info=head[0])
        yield narrow, code, text, len(block.rows) - 1


def _split_item(block: Block) -> Iterator[tuple[str, str]]:
    if block.struck:
        return
    text = block.text
    plain = _BOLD_ENDS.sub("", text)
    found = _CODED.match(plain)
    if found and not _ARROW.match(found.group(3)):
        code = found.group(1) if not found.group(2) else f"{found.group(1)}, {found.group(2)}"
        yield code, found.group(3)
        return
    linked = block.links[0] if block.links and _ONE_WORD.fullmatch(block.links[0]) else ""
    rest = text[len(linked) :].strip() if linked and text.startswith(linked) else ""
    if rest and _WORD_FIRST.match(rest) and starts_with_action(rest):
        yield linked, rest
        return
    bare = _BARE.match(plain)
    if bare:
        yield bare.group(1), bare.group(2)


def of_tools(note: Note, block: Block) -> bool:
    """Tell whether most of the code spans beside an item are commands: `dd` among keys of an editor is none."""
    return block.kind != "item" or block.list_id not in note.once("lists of others", lambda: _lists_of_others(note))


def _lists_of_others(note: Note) -> Iterator[int]:
    spans: dict[int, list[str]] = {}
    for block in note.blocks:
        if block.kind == "item":
            spans.setdefault(block.list_id, []).extend(code for code, _ in _split_item(block))
    for number, codes in spans.items():
        tools = sum(bool(words) and (is_tool(words[0]) or bool(note.command_for(words[0]))) for words in map(str.split, codes))
        if len(codes) > 2 and tools * 2 < len(codes):
            yield number


def described_rows(note: Note) -> Iterator[tuple[Block, tuple[str, ...], tuple[str, ...], int]]:
    """Give (table, head, row, line) of tables whose head says that a column describes the first one."""
    for block in note.blocks:
        if block.kind != "table" or len(block.rows) < 2 or is_counted(block):
            continue
        head, placed = unmerged(block)
        if not description_column(head) or len(head) > 5 or len(set(head)) < len(head):
            continue
        for row, line in placed:
            if (
                len(row) == len(head)
                and row[0].strip()
                and row[description_column(head)].strip()
                and not _TICKS.search("".join(row))
            ):
                yield block, head, row, line


MANY_ROWS = 12
MOST_ROWS = 400  # of a table are read: a longer one is looked up and not learnt, and would drown what else a note says


def is_counted(block: Block) -> bool:
    """Tell whether a long table's rows bear one name with other numbers: "box 1", "box 2", … are data of a machine."""
    names = {re.sub(r"\d+", "0", row[0]) for row in block.rows[1:] if row}
    return len(block.rows) > MANY_ROWS and len(names) == 1 and bool(re.search(r"[^\W\d]", "".join(names)))


def unmerged(block: Block) -> tuple[tuple[str, ...], list[tuple[tuple[str, ...], int]]]:
    """Give the head and the rows of a table with their lines, without a first column whose cells stand for groups of
    rows: then the second column names the things.
    """
    head = block.rows[0]
    placed = list(zip(block.rows[1:MOST_ROWS], block.row_lines[1:MOST_ROWS], strict=False))
    names = [row[1].strip() for row, _ in placed if len(row) == len(head)] if len(head) > 2 else []
    grouped = any(row and not row[0].strip() for row, _ in placed) and bool(placed[0][0]) and bool(placed[0][0][0].strip())
    if not (grouped and names and all(names) and len(set(names)) == len(names)):
        return head, [] if grouped else placed
    return head[1:], [(row[1:], line) for row, line in placed if len(row) == len(head)]


def description_column(head: tuple[str, ...]) -> int:
    """The place of the describing column, 0 when there is none."""
    for place, title in enumerate(head[1:], 1):
        if _DESCRIBES.match(simpler(title.strip("* `"))):
            return place
    return 0
