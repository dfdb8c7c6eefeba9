"""One note as the extractors see it: blocks, listings, and what the note's words are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from rapidfuzz.distance import OSA

from notes.blocks import Block
from notes.facts import Language, Source
from notes.grammar import ParsedCommand, canonical, children, commands, is_tool, knows
from notes.shell import ListingLine, read_listing
from notes.terms import Terms
from notes.tools import SUBCOMMANDS
from notes.wording import EN_VERBS, is_label

T = TypeVar("T")
_GERUND = re.compile(r"[a-z]+ing$")
_COMPARED = re.compile(
    r"^(.{1,24}?)\s*(?:与|和|跟|及|\bvs\.?(?= )|\bversus\b|\band\b)\s*(.{1,24}?)\s*(?:之间)?(?:"
    r"的)?\s*(?:区别|不同|对比|比较|差异|异同|$)",
    re.I,
)
_DIFFER = re.compile(r"区别|不同|对比|比较|差异|异同|\bvs\b|\bversus\b", re.I)
_WORD = re.compile(r"[A-Za-z]+")
_DECLARED = re.compile(
    r"\b(?:fn|def|class|struct|enum|trait|interface|let|const|var|function|type|func|val)\s+(?:mut\s+)?([A-Za-z_]\w*)"
    r"|^\s{2,}([A-Z]\w*)(?=\s*(?:[,({]|$))",
    re.M,
)
#: An entry of a reference on a parameter, "`mode` {integer} …", and a heading that is a signature, "`fs.open(path[, mode])`".
_ENTRY = re.compile(r"`([A-Za-z_]\w*)`\s*(?:\{[^{}]*\}|<[A-Za-z][\w |\[\]]*>)")
_SIGNATURE = re.compile(r"`?[\w.]+\(([^()]+)\)`?")
#: A short item that says something of a thing is no label that names one: "UDP 不保证送达".
_SAYS = re.compile(r"(?<=.)(?:是(?!否)|不(?!变)|提供|支持|没有|具有|只能|可以|必须|需要|\b(?:is|are|was|has|have|can|does)\b)")
_SPAN = re.compile(r"`([^`\n]+)`")
_PLACEHOLDER = re.compile(r"[=\[<]([A-Z]{3,})\b")
#: Slips of Chinese input methods that are common in technical notes.
_HAN_SLIPS = {
    "相信信息": "详细信息",
    "挂在数据卷": "挂载数据卷",
    "挂在目录": "挂载目录",
    "的的": "的",
    "阀值": "阈值",
    "做为": "作为",
    "登陆": "登录",
    "帐号": "账号",
    "既使": "即使",
    "按装": "安装",
    "卸裁": "卸载",
    "重起": "重启",
    "缺醒": "缺省",
    "己经": "已经",
    "部暑": "部署",
    "配制文件": "配置文件",
    "境像": "镜像",
    "竟像": "镜像",
    "荣器": "容器",
}
_HAN_SLIP = re.compile("|".join(_HAN_SLIPS))
_LABEL = re.compile(r"[\w一-鿿 -]{2,24}?(?=[(（：:。\n]|$)")
_PAIR = re.compile(r".{2,24}?[（(]([A-Za-z][A-Za-z ]{1,30})[)）]")
_ASKED = re.compile(r"^(?:什么是|何为|为何使用|关于|What (?:is|are)(?: an?| the)?|Why|The)\s*", re.I)
_PAIRED = re.compile(r"(.{1,30}?)\s*[（(]([^()（）]{1,40})[)）]")


@dataclass(frozen=True)
class Note:
    """A note ready for extraction."""

    file: str
    title: str
    language: Language
    blocks: tuple[Block, ...]

    def source(self, block: Block, lines: tuple[int, int] | None = None) -> Source:
        return Source(self.file, block.path, lines or block.lines)

    @cached_property
    def listings(self) -> dict[int, tuple[ListingLine, ...]]:
        """The lines of each shell listing, by the index of its block."""
        read = ((index, read_listing(block)) for index, block in enumerate(self.blocks) if block.kind == "fence")
        return {index: lines for index, lines in read if lines}

    @cached_property
    def commands(self) -> tuple[ParsedCommand, ...]:
        """Every known command the note shows in listings."""
        return tuple(
            line.command
            for lines in self.listings.values()
            for line in lines
            if line.command is not None and knows(line.command.name)
        )

    @cached_property
    def command_names(self) -> Counter[str]:
        """Names of commands in listings and in code spans, with how often they stand there."""
        names = Counter(command.name for command in self.commands)
        for block in self.blocks:
            if block.kind != "fence" and "`" in block.text:
                for span in re.findall(r"`([^`\n]+)`", block.text):
                    words = span.split()
                    if words and is_tool(words[0]):
                        name = canonical(" ".join(words[:2])) if len(words) > 1 else words[0]
                        names[name if knows(name) else words[0]] += 1
        return names

    @cached_property
    def declared(self) -> frozenset[str]:
        """Names that the note's programs and the entries of a reference declare: a variable belongs to its example, a
        parameter to its function, and neither is knowledge by itself.
        """
        names = (
            found
            for index, block in enumerate(self.blocks)
            if block.kind == "fence" and index not in self.listings
            for pair in _DECLARED.findall(block.text)
            for found in pair
        )
        return frozenset(name for name in (*names, *self.parameters) if name)

    @cached_property
    def coded(self) -> frozenset[str]:
        """The code spans of the whole note."""
        return frozenset(span for block in self.blocks if "`" in block.text for span in _SPAN.findall(block.text))

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """Words in capitals that stand for a value: ACTION in `--lid=ACTION`."""
        return frozenset(word for block in self.blocks for word in _PLACEHOLDER.findall(block.text))

    @cached_property
    def parameters(self) -> frozenset[str]:
        """Names of parameters that the entries of a reference declare."""
        return frozenset(name for block in self.blocks for name in _parameters(block))

    @cached_property
    def tool(self) -> str:
        """The tool the note is about: named by the title, else the one most used; "" when none stands out."""
        for word in re.findall(r"[a-z][\w-]+", self.title.casefold()):
            if is_tool(word):
                return str(word)
        tools = Counter({name.split(" ")[0]: 0 for name in self.command_names})
        for name, count in self.command_names.items():
            tools[name.split(" ")[0]] += count
        ranked = tools.most_common(2)
        return str(ranked[0][0]) if ranked and ranked[0][1] >= 3 and ranked[0][1] * 2 > sum(tools.values()) else ""

    def command_for(self, word: str) -> str:
        """Resolve a bare word to a command: "stop" is "docker stop" in a note on Docker; "" if none."""
        if " " in word and knows(word):
            return canonical(word)
        if self.tool in ("docker", "git", "systemctl", "kubectl") and word in children(self.tool):
            full = canonical(f"{self.tool} {word}")
            return full if self.tool != "docker" or full in commands() else ""
        return word if word == self.tool else ""

    @cached_property
    def words(self) -> Counter[str]:
        """Latin words of the whole note, case folded, with how often they stand there."""
        counted: Counter[str] = Counter()
        for block in self.blocks:
            counted.update(word.casefold() for word in _WORD.findall(block.text) if 4 <= len(word) <= 20)
        return counted

    @cached_property
    def slips(self) -> dict[str, str]:
        """Rare Latin words one letter off a frequent word of the note, and what they mean."""
        anchors = {word for word, count in self.words.items() if count >= 4 and len(word) >= 5}
        anchors |= {word for word in ("docker", "image", "container") if self.words[word]}
        found: dict[str, str] = {}
        for word, count in self.words.items():
            if count > 2 or len(word) < 5 or word in anchors or len(found) > 200:
                continue
            for anchor in self._similar(word):
                if anchor in anchors and self.words[anchor] >= 4 * count and _is_slip(word, anchor):
                    found[word] = anchor
                    break
        return found

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        """Anchors by sorted letters, so that only swapped letters and doubled ones are compared."""
        index: dict[str, list[str]] = {}
        for word, count in self.words.items():
            if count >= 4 and len(word) >= 5:
                for key in _keys(word):
                    index.setdefault(key, []).append(word)
        return index

    def _similar(self, word: str) -> list[str]:
        return sorted({other for key in _keys(word) for other in self._skeletons.get(key, ())})

    def corrected(self, text: str) -> str:
        """Give a text with its slips put right; each of them is reported to the instructor."""
        if _HAN_SLIP.search(text):
            text = _HAN_SLIP.sub(lambda found: _HAN_SLIPS[found.group()], text)
        if self._slip_pattern is None or not self._slip_pattern.search(text):
            return text
        return self._slip_pattern.sub(lambda found: self.slips[found.group().casefold()], text)

    @cached_property
    def _slip_pattern(self) -> re.Pattern[str] | None:
        words = "|".join(map(re.escape, self.slips))
        return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.I) if words else None

    def han_slips(self, text: str) -> Iterator[tuple[str, str]]:
        """The slips of Chinese input in a text, with what was meant."""
        return ((slip, _HAN_SLIPS[slip]) for slip in _HAN_SLIP.findall(text))

    @cached_property
    def terms(self) -> dict[str, int]:
        """Terms the note makes visible: headings, bold phrases, list labels, with the block they stand in."""
        found: dict[str, int] = {}
        for index, block in enumerate(self.blocks):
            for term in _visible_terms(block):
                found.setdefault(self.corrected(term).casefold(), index)
        return found

    @cached_property
    def opening_terms(self) -> Terms:
        """The visible terms a sentence may begin with."""
        tool = {self.tool} if self.tool else set()
        usable = sorted(
            (term for term in tool | set(self.terms) if 2 <= len(term) <= 24 and not is_label(term) and not _GERUND.match(term)),
            key=lambda term: (-len(term), term),
        )[:400]
        return Terms(usable)

    @cached_property
    def short_terms(self) -> tuple[str, ...]:
        """Terms short enough to be a gap in a sentence."""
        return tuple(term for term in list(self.terms)[:300] if 2 <= len(term) <= 14 and not is_label(term))

    @cached_property
    def inner_terms(self) -> re.Pattern[str]:
        """Matches a short visible term of Han characters anywhere in a sentence, longest first."""
        tool = (self.tool,) if self.tool else ()
        usable = sorted((*self.short_terms, *tool), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, usable)) or "(?!)", re.I)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first line of each block, ascending."""
        return tuple(block.lines[0] for block in self.blocks)

    @cached_property
    def _kept(self) -> dict[str, object]:
        return {}

    def once(self, name: str, work: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """Do a piece of work on this note once, however many extractors ask for it."""
        if name not in self._kept:
            self._kept[name] = tuple(work())
        return cast("tuple[T, ...]", self._kept[name])

    def before(self, index: int) -> Iterator[Block]:
        """Blocks in front of one, nearest first, within the same section."""
        path = self.blocks[index].path
        for place in range(index - 1, max(-1, index - 30), -1):
            block = self.blocks[place]
            if block.path != path and block.path != path[:-1]:
                return
            yield block


def _keys(word: str) -> set[str]:
    """Keys shared by words that differ by one swap, one missing or one doubled letter."""
    return {
        "".join(sorted(word)),
        *("".join(sorted(word[:place] + word[place + 1 :])) for place in range(len(word))),
    }


def _is_slip(word: str, anchor: str) -> bool:
    """Whether a rare word is a frequent one with two letters swapped, or one letter wrong or too many."""
    if is_tool(word) or word in EN_VERBS or any(word in words for words in SUBCOMMANDS.values()):
        return False
    if OSA.distance(word, anchor, score_cutoff=1) != 1 or word.startswith(anchor) or anchor.startswith(word):
        return False
    if sorted(word) == sorted(anchor):
        return True
    inner = word[0] == anchor[0] and word[-1] == anchor[-1]
    return inner and len(word) == len(anchor) + 1


def _visible_terms(block: Block) -> Iterator[str]:
    if block.kind == "heading":
        yield from heading_terms(block.path[-1] if block.path else block.text)
    for phrase in block.strong:
        if 1 < len(phrase) <= 30 and not phrase.endswith(("。", ".", "！", "!", "；")):
            yield phrase.rstrip("：:。.")
    if block.kind == "item":
        label = _LABEL.match(block.text)
        if label and not (label.end() == len(block.text) and _SAYS.search(label.group())):
            yield label.group().strip()
        paired = _PAIR.match(block.text)
        if paired:
            yield paired.group(1).strip()


def compared_terms(title: str) -> tuple[str, ...]:
    """Give the two things a heading compares: "快照与克隆的区别"; () when it compares none."""
    pair = _COMPARED.match(title) if _DIFFER.search(title) else None
    return tuple(name.strip(" `") for name in pair.groups()) if pair else ()


def heading_terms(title: str) -> Iterator[str]:
    """The terms a heading names: "什么是租约？" names 租约, "容器(Container)" names both."""
    title = _ASKED.sub("", title).strip(
        "？? "
    )
    paired = _PAIRED.fullmatch(title)
    if paired:
        yield paired.group(1).strip()
        yield paired.group(2).strip()
    if 1 < len(title) <= 40:
        yield title
    pair = _COMPARED.match(title)
    if pair:
        yield from (name.strip(" `") for name in pair.groups() if name.strip(" `"))


def _parameters(block: Block) -> Iterator[str]:
    """Give the names of parameters that a block of a reference declares."""
    if block.kind == "item" and (found := _ENTRY.match(block.text)):
        yield found.group(1)
    if block.kind == "heading" and (found := _SIGNATURE.fullmatch(block.text.strip())):
        yield from re.findall(r"[A-Za-z_]\w*", found.group(1))
