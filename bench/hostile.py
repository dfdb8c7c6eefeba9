"""Notes made to be slow to read: what would take a careless pattern or a search in a search the square of their length.

Each is made to a size, so that its time can be compared with that of one four times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count, takewhile

Maker = Callable[[int], str]  # a size in bytes -> a note of about that size


def _lines(row: Maker) -> Maker:
    """Rows, each of its own number, until the size is reached."""

    def note(size: int) -> str:
        lengths = [0]

        def fits(text: str) -> bool:
            lengths[0] += len(text.encode())
            return lengths[0] < size

        return "# Note\n\n" + "".join(takewhile(fits, (row(number) for number in count())))

    return note


def _table(size: int) -> str:
    return "| Option | Meaning |\n| --- | --- |\n" + _lines(lambda row: f"| `--opt{row}` | set the limit {row} |\n")(size)[8:]


def _listing(size: int) -> str:
    return "```bash\n" + _lines(lambda row: f"# list the {row} containers\ndocker ps -a --filter name=c{row}\n")(size) + "```\n"


def _nested(size: int) -> str:
    """Lists in lists, each a little deeper, fifty levels down and up again."""
    return _lines(lambda row: "  " * (row % 50) + f"- step {row}: do the thing\n")(size)


#: What a long line may consist of.
PARTS = (
    "a", "A", "A_", "1", "_", "word and ", "AB ", "A is a ", "it ", "Error: ", "default ", "10 s ", "docker run ", "a:", ": ",
    "容器", "镜像和容器的区别", "镜像是", "如果", "默认", "1、", "：", "。", "、", "（", "“", "→",
    "-", "a-", "-a ", "-a,", "--opt=x ", "`", "`a` ", "*a ", "**", "_a ", "~~", "[", "](", "[a](b) ", "![", "(", ")",
    "<", "<b>", "<a ", "<p ", "<!-- ", "&amp;", "{%", "{", ">", "#", "|", "|a", "$(", '"', "'", "\\", "/a", "=", "== ", ".", ". ",
    "...", "x@y.", "http://a ", "docker ps; ", "&& ", " ",
)  # fmt: skip
#: Where a long line may stand.
PLACES: Mapping[str, str] = {
    "a paragraph": "{}x",
    "a list": "- {}",
    "a definition": "- Image: {}",
    "a heading": "# {}\n\ntext",
    "a table": "| Option | Meaning |\n| --- | --- |\n| `-a` | {} |\n",
    "a listing": "```bash\n{}\n```",
    "a comment": "```bash\n# {}\ndocker ps\n```",
    "a command": "```bash\ndocker run {}\n```",
    "an output": "```console\n$ docker ps\n{}\n```",
    "a code span": "`docker run {}` starts it",
    "HTML": "<div>{}</div>",
}
#: What many lines may consist of.
ROWS: Mapping[str, Maker] = {
    "table of options": _table,
    "listing of commands": _listing,
    "lists in lists": _nested,
    "headings": _lines(lambda row: f"## Part {row} of the whole\n\n"),
    "terms": _lines(lambda row: f"- **Term{row}**: a thing of kind {row} that holds others.\n"),
    "sentences of one shape": _lines(lambda row: f"The English for 词{row} is Word{row}.\n\n"),
    "rare words": _lines(lambda row: f"contaimer iamge {row:b}word\n".translate(str.maketrans("01", "ae"))),
    "errors": _lines(lambda row: f"Error number {row}: cannot open file {row}\n\nCause: the file {row} is missing.\n\n"),
    "steps": _lines(lambda row: f"{row + 1}. Start the machine number {row}\n"),
}


def hostile_notes() -> Iterator[tuple[str, Maker]]:
    """Give every kind of hostile note with its name."""
    yield from ROWS.items()
    for place, frame in PLACES.items():
        for part in PARTS:
            yield f"{part!r} in {place}", _long_line(part, frame)


def _long_line(part: str, frame: str) -> Maker:
    return lambda size: frame.replace("{}", part * (size // len(part.encode())))
