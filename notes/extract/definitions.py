"""What terms mean: sentences of definition, labelled items, term tables, translations, abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.finding import Finding
from notes.extract.labels import Labelled, defines, is_code_label, is_term, labelled
from notes.extract.manuals import SIGNALS
from notes.extract.siblings import coded_items, described_rows, description_column, of_tools
from notes.extract.tables import printed
from notes.facts import DefinitionFact, PropertyFact, Source, Trust
from notes.grammar import is_tool, knows, parse_command
from notes.note import Note, heading_terms
from notes.text import (
    HAN,
    clean_meaning,
    fit_meaning,
    han_count,
    language_of,
    leans,
    one_line,
    sentences,
    starts_badly,
    unwrapped,
    without_end,
)
from notes.wording import is_label, starts_with_action

_ZH_IS = re.compile(
    r"^([^，。:：；;？?]{2,18}?)\s*(是指|指的是|就是指|指(?=的是|"
    r"将|把|在|用|一)|则是(?=将|把|用|一)|[，,]?(?:其实|实际上)?(?:就是|是)(?=一[种个类款项套门组段条台份张])|"
    r"为(?=一[种个类]))(.{6,})$"
)
_EN_IS = re.compile(r"^((?:An? |The )?[A-Z`\"*]?[\w`/ .+#-]{1,40}?(?: \([\w /.+-]{2,40}\))?) (is|are) ((?:an?|the|one of)\s.+)$")
_EN_WHOSE = re.compile(
    r"\b(that|which|used|for|of|to|who|whose|where|in|with|between|"
    r"from|by|designed|containing|made|describing)\b"
)
_ZH_SERVES = re.compile(
    r"^(?P<term>[^，。:：；;？?的]{2,24}?)\s*(?:(?P<of>的(?:主要)?(?:作用|功能|用途|职责|任务)(?:就)?是)|(?:可以?|常|也|一般|通常)?(?P<verb>(?:主要)?(?:用于|用来|负责)))\s*"
    r"(?P<text>[^：:]{4,})$"
)
#: "The `finally` block runs …", "`*args` collects …".
_EN_DOES = re.compile(
    r"^(?:The )?`(?P<term>[^`\n]{1,30})`(?: (?:keyword|block|statement|operator|function|method|macro|attribute|tag|"
    r"property|decorator|directive|instruction|clause|syntax|symbol|command|option|module|type|class))? "
    r"(?P<does>(?:is (?:called|executed|used|raised|run) |[a-z]+s (?!(?:are|is|can|will|were|have|may|must) )).{12,})$"
)
_EN_MEANS = re.compile(r"^((?:An? |The )?[\w`/ .+#-]{2,40}?) (refers to|means|is called|is defined as) (.{8,})$")
OFTEN = 4  # times a word stands in a note that is about it
_BAD_TERM = re.compile(
    r"目的|问题|原因|区别|结果|作用|优点|缺点|重点|关键|前提|意思|"
    r"方法|办法|本质|好处|特点|最|更|都|也|仍|又|只|不|就|才|还|"
    r"已|这|那|它|其|我|你|他|可以|应该|"
    r"\b(?:setting|reason|second|first|main|following|result|difference|"
    r"problem|goal|purpose|idea|point|way|thing|answer|question|"
    r"best|"
    r"this|that|it|there|here|they|we|you|if|when|because|although|"
    r"while|containers share|example|next|last|only|another|other)\b",
    re.I,
)
_LIKENED = re.compile(r"就像|好比|类比|比作|相当于|\b(?:analogous|kind of like|just like|think of)\b")  # a picture, no meaning
_BAD_GENUS = re.compile(
    r"^(?:更像|就像|好比|本质|仍|也|特殊的|一个例子|一种情况|一个问题|一件|"
    r"an? (?:good|great|bad|common|lot|bit|few|must|example|nice|"
    r"little|big|very)|the (?:same|following|one|best|most|only|"
    r"first|last|next))",
    re.I,
)
_PAIR_ZH = re.compile(f"(?:^|(?<=[。；，、：\\n]))([{HAN}A-Za-z]{{2,16}}?)\\s*[（(]([A-Za-z][A-Za-z .&/-]{{1,38}})[)）]")
_VOCABULARY = re.compile(r"英文|英语|英汉|中英|单词|词汇|术语对照|对照表|vocabulary", re.I)
_LABEL_ENDS = ("", "。", "：", ":", "\n")
_PREFIX_VERB = re.compile(
    r"^(?:即(?!时)|后(?![端期台缀序])|之|并(?![发行集])|被(?!告)|其|当(?!前)|而|再(?!生)|先(?!进)|会(?![话议员])|能(?![量力])|"
    r"可(?![用变靠执])|需(?!求)|要(?!素)|到|往|向(?!量)|"
    r"使用|通过|利用|采用|包括|基于|称为|叫做|和|与|或|在|由|从|"
    r"为|是|的|对|用|把|将|及|有|按|其|一个|一种|每个|这个|该|"
    r"如|例如|比如|生成|创建|执行|运行|查看|显示|添加|设置|进入|"
    r"支持|打开|选择|点击|安装)"
)
_ABBREVIATION = re.compile(
    r"((?:[A-Z][\w-]{1,40}|of|and|the|for|to|in)(?: (?:[A-Z][\w-]{1,40}|"
    r"of|and|the|for|to|in)){1,6})\s*[（(]([A-Z][A-Za-z]{1,7}s?)[)）]"
)
#: Small words that lead to an expansion and are no part of it: "a set of Access Control Lists (ACLs)".
_JOINING = re.compile(r"^(?:(?:of|and|the|for|to|in) )+", re.I)
_STANDS_FOR = re.compile(r"(?:^|(?<=[.!?] ))([A-Z][A-Za-z]{1,7}) stands for ([A-Za-z][A-Za-z -]{5,60})(?=[.,;]|$)", re.M)
_REVERSED = re.compile(r"\b([A-Z]{2,8})\s*[（(]((?:[A-Z][\w-]+|of|and|the|for|to|in)(?:[ -](?:[A-Z][\w-]+|[a-z]+)){1,6})[)）]")


def extract(note: Note) -> Iterator[Finding]:
    for index, block in enumerate(note.blocks):
        if block.struck or block.kind not in ("paragraph", "item", "heading"):
            continue
        if block.kind != "heading":
            yield from _from_sentences(note, block)
            yield from _under_heading(note, index, block)
        yield from _pairs(note, block)
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
            continue
        found = _EN_IS.match(without_end(sentence)) or _EN_MEANS.match(without_end(sentence))
        if found and han_count(sentence) == 0:
            yield from _en(note, block, sentence, found)
            continue
        does = _EN_DOES.match(without_end(sentence)) if "`" in sentence and not han_count(sentence) else None
        if does:
            yield from _doing(note, block, sentence, does)


def _doing(note: Note, block: Block, sentence: str, found: re.Match[str]) -> Iterator[Finding]:
    term, text = found.group("term"), found.group("does")
    if term.split("(")[0].strip("&*.") in note.declared or not re.search(r"[A-Za-z]", term):
        return
    if is_tool(term.split()[0]) and knows(term):
        return
    plain = re.fullmatch(r"[*&@:!]{0,2}[A-Za-z_][\w.!-]+(?:\(\w*\))?(?: [a-z]+)?", term) is not None
    sure = plain and bool(re.match(r"is (?:called|executed|used|raised|run) ", text) or starts_with_action(text))
    alone = len(block.text) < 400 and "example" not in sentence and not _ADDRESSED.search(text)
    if not leans(sentence) and not re.search(r"\b(?:our|my|we|it|its)\b|\d{2,}", text):
        yield _definition(note, note.source(block), sentence, term, "", text, "safe" if sure and alone else "unsure", True)


def _serving(note: Note, block: Block, sentence: str, found: re.Match[str]) -> Iterator[Finding]:
    """ "ARP 的作用是 …", "readinessProbe 用于 …": what a thing with a name is for."""
    term = found.group("term").strip("`* ")
    text = found.group("text") if found.group("of") else f"{found.group('verb')}{found.group('text')}"
    plain = re.fullmatch(f"[A-Za-z][A-Za-z0-9_.+#-]*(?: [A-Za-z][A-Za-z0-9_.+#-]*)?(?:[{HAN}]{{2,4}})?|[{HAN}]{{2,8}}", term)
    if not plain or _BAD_TERM.search(term) or is_label(term) or starts_badly(term) or term in note.declared:
        return
    if han_count(term) == len(term) and not _visible(note, block, term):
        return
    first = re.split(r"[，,]\s*(?:如果|若|当|但|而|并且|所以|因此|例如|比如|其中|这|它|也)", text)[0]
    if not _names_a_tool(term):
        yield _definition(note, note.source(block), sentence, term, "", first, "safe")


def _calls_a_tool(term: str) -> bool:
    return term.endswith(("命令", "指令")) and _names_a_tool(term)


def _names_a_tool(term: str) -> bool:
    """Tell whether a term is a command of the list, be it called one: "tar", "tar 命令"; what it does is its purpose."""
    return is_tool(re.sub(r"\s*(?:命令|指令|工具)$", "", term).split(" ")[0])


def _zh(note: Note, block: Block, sentence: str, term: str, text: str, said: str = "") -> Iterator[Finding]:
    term, alias = split_alias(re.sub(r"^(?:所谓的?|其中[，]?)", "", term.strip('“”"「」`* ')))
    if not 1 < len(term) <= 18 or _BAD_TERM.search(term) or is_label(term) or starts_badly(term) or _calls_a_tool(term):
        return
    if _BAD_GENUS.match(text) or not fit_meaning(clean_meaning(text)[0]):
        return
    yield _definition(
        note,
        note.source(block),
        sentence,
        term,
        alias,
        text,
        "safe" if alias or _visible(note, block, term) or _named_outright(term, said) else "unsure",
    )


def _named_outright(term: str, said: str) -> bool:
    """Tell whether "X 是指 …" stands behind a plain noun: no clause, no possessive."""
    return (
        said in ("是指", "指的是", "就是指")
        and bool(re.fullmatch(f"[{HAN}]{{2,8}}|[A-Za-z][\\w+#-]{{1,15}}", term))
        and (not re.search("[的了着过把被将在对从]", term))
    )


def _en(note: Note, block: Block, sentence: str, found: re.Match[str]) -> Iterator[Finding]:
    subject, verb, text = found.groups()
    coded = re.fullmatch(r"(?:An? |The )?`[^`]+`", subject) is not None
    term, alias = split_alias(re.sub(r"^(?:An?|The)\s+", "", subject).strip('`"* '))
    if (coded and term in note.declared) or " and " in term:
        return
    alias = "" if leans(alias) or "," in alias else alias
    if not re.search("[A-Za-z]", term) or _BAD_TERM.search(term) or is_label(term):
        return
    if starts_badly(subject) or len(term.split()) > 4:
        return
    titled = term.casefold() in note.title.casefold()
    if (
        (verb in ("is", "are") and not _EN_WHOSE.search(text) and not (titled and len(text.split()) > 3))
        or _BAD_GENUS.match(text)
        or not fit_meaning(clean_meaning(text)[0])
    ):
        return
    shown = coded or bool(alias) or _visible(note, block, term) or _often(note, subject, term, text)
    sure = shown and (verb not in ("means",) or coded)
    yield _definition(note, note.source(block), sentence, term, alias, text, "safe" if sure else "unsure", verb == "means")


def _often(note: Note, subject: str, term: str, text: str) -> bool:
    """Tell whether "A lease is …" defines a word: one the note goes on speaking of, or by a whole description."""
    if not re.match(r"An? ", subject) or not term.replace(" ", "").isalpha():
        return False
    described = re.match(r"an? (?:[\w-]+ ){1,4}(?:that|which|who|used|for|to|by|with|in which)\b", text)
    return note.words[term.casefold()] >= OFTEN or (bool(described) and len(text.split()) >= 6)


def split_alias(term: str) -> tuple[str, str]:
    """Split "镜像(Image)" into the term and its other name."""
    found = re.fullmatch(r"(.{1,30}?)\s*[（(]([^()（）]{1,40})[)）]", term.strip())
    return (found.group(1).strip(), found.group(2).strip()) if found else (term.strip(), "")


def _visible(note: Note, block: Block, term: str) -> bool:
    """Whether the note sets the term in a heading, bold, code or a list label."""
    forms = {term.casefold(), term.casefold().removesuffix("s"), term.casefold() + "s"}
    if any(form in note.terms for form in forms):
        return True
    headings = " ".join(block.path).casefold()
    return any(form in headings for form in forms if len(form) > 1) or any(term in phrase for phrase in block.strong)


_BEFORE_WHOSE = re.compile(r"\b(?:that|which|who|whose|where|when|used|for|to|by|in|,)\b|,")
_FINITE = re.compile(r"\b(?:is|are|was|were|can|cannot|must|will|should|may|has|have|do|does|don't|isn't|aren't)\b")
_ADDRESSED = re.compile(r"(?<!lets )(?<!allows )(?<!enables )(?<!helps )(?<!let )(?<!allow )(?<!when )(?<!tells )\byou\b")


def is_clause(text: str) -> bool:
    """Tell whether an English text behind a term says something with a subject of its own, or talks to the
    reader: "volumes can be mounted" describes no term.
    """
    if han_count(text) or starts_with_action(text):
        return bool(_ADDRESSED.search(text))
    head = _BEFORE_WHOSE.split(text, maxsplit=1)[0]
    whole = re.match(r"(?:All|Any|Each|Every|Both|Most|Many|Some|No|If|When|In|For|With) ", text, re.I)
    return bool(whole or _FINITE.search(head) or _ADDRESSED.search(text))


def _definition(
    note: Note,
    source: Source,
    passage: str,
    term: str,
    alias: str,
    text: str,
    trust: Trust,
    whole: bool = False,
) -> DefinitionFact:
    meaning, _ = clean_meaning(text)
    good = fit_meaning(meaning) and trust == "safe" and (whole or not is_clause(meaning)) and not _LIKENED.search(meaning)
    return DefinitionFact(
        source,
        language_of(meaning),
        one_line(passage),
        "safe" if good else "unsure",
        note.corrected(term),
        alias,
        note.corrected(meaning),
    )


def _from_labels(note: Note) -> Iterator[Finding]:
    """ "- 镜像(Image)" with text below, "- **Broker**: routes messages", terms line by line."""
    for found in labelled(note):
        term, block = found.term, found.block
        if not is_term(term) or "`" in term or _PREFIX_VERB.match(term) or (" " in term and han_count(term)):
            continue
        if is_tool(term.split()[0]) and knows(term) and not found.bold:
            continue
        if found.mark == "。" and re.match(r"[它他她其你我]", found.text):
            continue
        marked = found.bold or bool(found.alias)
        sure = marked and found.mark != "。" and block.kind == "item" and (bool(found.alias) or not _benefit(found, note))
        sure = sure or (marked and block.kind == "paragraph" and defines(found, _lead(note, found)))
        sure = sure or (not _benefit(found, note) and defines(found, _lead(note, found)))
        yield _definition(
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
    if re.search("时期|阶段", heading) or found.term.casefold() in heading.casefold():
        return False
    return bool(_COMPARES.search(heading) or _BENEFITS.search(heading))


def _under_heading(note: Note, index: int, block: Block) -> Iterator[Finding]:
    """ "## 什么是租约？" and the first sentence below it."""
    above = note.blocks[index - 1] if index else None
    if above is None or above.kind != "heading" or block.kind != "paragraph":
        return
    asked = re.match(r"^(?:什么是|何为)(.+?)[？?]?$|^What (?:is|are)(?: an?| the)? (.+?)\??$", above.text, re.I)
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
        yield _definition(note, note.source(block), first, term, alias, body, "safe")


def _pairs(note: Note, block: Block) -> Iterator[Finding]:
    """ "熔断（circuit breaker）" at a left boundary, "Service Level Goal (SLG)"."""
    text = block.text
    contents = block.kind == "item" and block.links and len(block.links[0]) >= len(text) - 2
    for found in _PAIR_ZH.finditer(text) if not contents else ():
        term, other = found.group(1).strip(), found.group(2).strip()
        label = block.kind == "item" and not found.start() and text[found.end() :][:1] in _LABEL_ENDS
        if not _good_pair(term, other, label):
            continue
        sentence, trust = f"{term}的英文是 {other}。", "safe" if _vocabulary(note, block) else "unsure"
        yield PropertyFact(note.source(block), "zh", found.group(), trust, term, sentence, (other,))  # type: ignore[arg-type]
    for short, full in _STANDS_FOR.findall(text):
        yield PropertyFact(note.source(block), "en", full, "safe", short, f"{short} stands for {full}.", (full,))
    for full, short in [
        *_ABBREVIATION.findall(text),
        *((full, short) for short, full in _REVERSED.findall(text)),
    ]:
        full = next((words for words in (_JOINING.sub("", full), full) if initials_match(words, short)), "")
        if full:
            sentence = f"{short} 的全称是 {full}。" if note.language == "zh" else f"{short} stands for {full}."
            yield PropertyFact(note.source(block), note.language, full, "safe", short, sentence, (full,))


def _vocabulary(note: Note, block: Block) -> bool:
    """Tell whether a section teaches words; elsewhere a word in brackets is a gloss that no teacher asks for."""
    return bool(_VOCABULARY.search(" ".join((note.title, *block.path))))


def _good_pair(term: str, other: str, label: bool = False) -> bool:
    """Tell whether a term and the Latin words behind it are one thing; a list's label has a sure left boundary."""
    if (
        not 1 < han_count(term) <= (10 if label else 6)
        or (_PREFIX_VERB.match(term) and not label)
        or is_label(term)
        or is_label(other)
        or (starts_with_action(term) and not (label and other[:1].isupper()))
        or "/" in other
        or not re.fullmatch(f"[{HAN}A-Za-z]+", term)
    ):
        return False
    return (
        other.casefold() not in term.casefold()
        and parse_command(other.casefold()) is not None
        and not is_tool(other)
        and not (other.isupper() and len(other) > 6)
        and not re.search(r"\b(?:cask|http|e\.g|see|default|MAC|macOS|Homebrew|MacPorts|Cygwin)\b", other)
    )


def initials_match(full: str, short: str) -> bool:
    """Whether the letters of an abbreviation are initials of the words, in order."""
    initials = [word[0].casefold() for word in re.split(r"[ -]", full) if word]
    wanted = [letter.casefold() for letter in short.rstrip("s")]
    content = [
        initial
        for initial, word in zip(initials, re.split(r"[ -]", full), strict=False)
        if word not in ("of", "and", "the", "for", "to", "in")
    ]
    return wanted in (initials, content)


_TERM_HEAD = re.compile(
    r"^(?:概念|组件|术语|名词|名称|术语/概念|关键字|关键词|指令|"
    r"字段|状态|符号|信号|变量|属性|类型|权限|concept|term|name|"
    r"keyword|instruction|field|status|symbol|signal|variable|"
    r"attribute|type|word|part|component|organelle|structure)s?$",
    re.I,
)


def _from_tables(note: Note) -> Iterator[Finding]:
    for block, head, row, line in described_rows(note):
        term = row[0].replace("`", "").strip("* ")
        if term.startswith("-") or (
            parse_command(term) and is_tool(term.split()[0]) and not _TERM_HEAD.match(head[0].strip("* "))
        ):
            continue
        place = next(place for place, title in enumerate(head) if place and row[place])
        yield from _from_row(note, block, head, row, line, term, place)


def _from_row(
    note: Note, block: Block, head: tuple[str, ...], row: tuple[str, ...], line: int, term: str, place: int
) -> Iterator[Finding]:
    text = row[description_column(head)]
    term, alias = (term, "") if re.match(r"[\w.]+\([^)]*\)$", term, re.A) else split_alias(term)
    named = 1 < len(term) <= 30 or han_count(term) == len(term) == 1
    if named and not is_label(term) and not re.search(r"[，。<>]|^\d+$", term):
        yield _definition(note, Source(note.file, block.path, (line, line)), " | ".join(row), term, alias, text, "safe")


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
        if (re.search(r"[/\\=<>{}$]|\.\w+$|^\d+$", span) and not sign) or len(span) > 24 or span.rstrip("()") in note.declared:
            continue
        first = (sentences(text if han_count(text) else one_line(text)) or [""])[0]
        yield _definition(note, note.source(block), f"{span}: {text}", span, "", first, "safe")


def _from_aligned(note: Note) -> Iterator[Finding]:
    """Rows of a listing in aligned columns, a name in capitals first and words of Chinese last."""
    for index, lines in note.listings.items():
        rows = [(line, re.split(r"\s{2,}", line.text.strip())) for line in lines if line.kind in ("output", "other")]
        rows = [
            (line, cells)
            for line, cells in rows
            if 2 <= len(cells) <= 3 and re.fullmatch(r"[A-Z][A-Z0-9_]{1,15}", cells[0]) and han_count(cells[-1]) >= 2
            and f"SIG{cells[0]}" not in SIGNALS
        ]
        for line, cells in rows if len(rows) >= 3 else []:
            yield _definition(note, note.source(note.blocks[index], line.lines), line.text, cells[0], "", cells[-1], "safe")


def terms_of(title: str) -> list[str]:
    return list(heading_terms(title))
