"""What terms mean, in English sentences: "An image is a template that …", "The `finally` block runs …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notes.blocks import Block
from notes.extract.defining import ADDRESSED, BAD_GENUS, BAD_TERM, OFTEN, definition, split_alias, visible
from notes.extract.finding import Finding
from notes.grammar import is_tool, knows
from notes.note import Note
from notes.text import clean_meaning, fit_meaning, han_count, leans, sentences, starts_badly, unwrapped, without_end
from notes.wording import base_verb, is_label, starts_with_action

_EN_IS = re.compile(
    r"^((?:An? |The )?[A-Z`\"*]?[\w`/ .+#-]{1,40}?(?: \([\w /.+-]{2,40}\))?) (is|are|was|were) "
    r"((?:an?|the|one of|[A-Z][\w-]+'s)\s.+)$"
)
_EN_WHOSE = re.compile(
    r"\b(that|which|used|for|of|to|who|whose|where|in|with|between|"
    r"from|by|designed|containing|made|describing)\b"
)
#: "The `finally` block runs …", "`*args` collects …".
_EN_DOES = re.compile(
    r"^(?:The )?`(?P<term>[^`\n]{1,30})`(?: (?:keyword|block|statement|operator|function|method|macro|attribute|tag|"
    r"property|decorator|directive|instruction|clause|syntax|symbol|command|option|module|type|class))? "
    r"(?P<does>(?:is (?:called|executed|used|raised|run) |[a-z]+s (?!(?:are|is|can|will|were|have|may|must) )).{12,})$"
)
_EN_MEANS = re.compile(r"^((?:An? |The )?[\w`/ .+#-]{2,40}?) (refers to|means|is called|is defined as) (.{8,})$")

#: A name as English writes it inside of a sentence: ClusterIP, kube-proxy, the Golgi apparatus.
_NAME = r"(?:[A-Z][\w-]*|[a-z]+(?:-[a-z]+)+|[a-z]+[A-Z]\w*)(?: [A-Z][\w-]*| [a-z]{3,})??"
_ROLE = re.compile(
    rf"^(?:The )?(?P<term>{_NAME}|[a-z]+(?: [a-z]+)??) "
    r"(?P<does>(?:is|are) responsible for .{8,}|"
    r"(?!(?:is|was|has|does) )[a-z]+s (?!(?:are|is|can|will|were|have|may|must) ).{12,})$"
)
_SET_APART = re.compile(r"(?:an?|the) (?:[\w'-]+ ){1,5}(?:that|which|who|where|by which|in which|used|[a-z]{3,}ing)\b")
_OWN = re.compile(r"[a-z][A-Z]|^[a-z]+-[a-z]")  # a name that is made of no plain words: ClusterIP, kube-proxy
_TRAIT = re.compile(r"(?:uses|needs|requires|supports|has|contains|takes|gets|starts|runs|works|depends|comes|goes|looks|makes) ")
LEAST_ROLES = 3  # items of a list that each say what a thing does
WHOLE = 6  # words of a description that sets a thing apart


def extract(note: Note) -> Iterator[Finding]:
    for block in note.blocks:
        if block.kind in ("paragraph", "item") and not block.struck and not han_count(block.text):
            yield from _of_block(note, block)
    yield from _roles(note)


def _of_block(note: Note, block: Block) -> Iterator[Finding]:
    for place, sentence in enumerate(sentences(unwrapped(block.text))):
        bare = without_end(sentence)
        found = _EN_IS.match(bare) or _EN_MEANS.match(bare)
        does = _EN_DOES.match(bare) if "`" in sentence else None
        if found:
            yield from _is(note, block, sentence, found, not place)
        elif does:
            yield from _doing(note, block, sentence, does)
        elif block.kind == "paragraph" and (role := _own_role(note, sentence)):
            yield _playing(note, block, sentence, role)


def _roles(note: Note) -> Iterator[Finding]:
    """Lists whose items each say what a thing does: "The scheduler assigns pods …", "etcd stores …"."""
    lists: dict[int, list[tuple[Block, re.Match[str] | None]]] = {}
    for block in note.blocks:
        if block.kind == "item" and not block.struck and not han_count(block.text):
            first = (sentences(unwrapped(block.text)) or ("",))[0]
            lists.setdefault(block.list_id, []).append((block, _role(note, first)))
    for items in lists.values():
        found = [(block, role) for block, role in items if role]
        apart = len({role["term"] for _, role in found}) == len(found)
        deeds = sum(1 for _, role in found if _is_deed(role["does"]))
        if len(found) >= max(LEAST_ROLES, len(items) - 1) and apart and deeds * 2 >= len(found):
            yield from (_playing(note, block, role.string, role) for block, role in found)


def _role(note: Note, sentence: str) -> re.Match[str] | None:
    """Read what a thing with a name does, where the sentence says it of that thing alone."""
    found = _ROLE.match(without_end(sentence))
    if found is None or leans(sentence) or starts_badly(sentence) or ADDRESSED.search(sentence):
        return None
    term = found["term"]
    plain = not BAD_TERM.search(term) and not is_label(term) and term not in note.declared and not is_tool(term.split()[0])
    return found if plain and not base_verb(term.split()[-1]) else None


def _is_deed(does: str) -> bool:
    return does.startswith(("is ", "are ")) or bool(base_verb(does.split()[0]))


def _own_role(note: Note, sentence: str) -> re.Match[str] | None:
    """Read a role out of running text: of a thing with a name of its own, and no mere trait of it."""
    role = _role(note, sentence)
    if role is None or not _OWN.search(role["term"]) or _TRAIT.match(role["does"]):
        return None
    return role if _is_deed(role["does"]) else None


def _playing(note: Note, block: Block, sentence: str, role: re.Match[str]) -> Finding:
    does = re.split(r", (?:so|but|which|while|whereas|and then)\b|; ", role["does"])[0]
    does = re.sub(r"^(?:is|are) (?=responsible)", "", does)
    return definition(note, note.source(block), sentence, role["term"], "", does, "safe", True)



def _doing(note: Note, block: Block, sentence: str, found: re.Match[str]) -> Iterator[Finding]:
    term, text = found.group("term"), found.group("does")
    if term.split("(")[0].strip("&*.") in note.declared or not re.search(r"[A-Za-z]", term):
        return
    if is_tool(term.split()[0]) and knows(term):
        return
    plain = re.fullmatch(r"[*&@:!]{0,2}[A-Za-z_][\w.!-]+(?:\(\w*\))?(?: [a-z]+)?", term) is not None
    sure = plain and bool(re.match(r"is (?:called|executed|used|raised|run) ", text) or starts_with_action(text))
    alone = len(block.text) < 400 and "example" not in sentence and not ADDRESSED.search(text)
    if not leans(sentence) and not re.search(r"\b(?:our|my|we|it|its)\b|\d{2,}", text):
        yield definition(note, note.source(block), sentence, term, "", text, "safe" if sure and alone else "unsure", True)


def _is(note: Note, block: Block, sentence: str, found: re.Match[str], opens: bool) -> Iterator[Finding]:
    subject, verb, text = found.groups()
    coded = re.fullmatch(r"(?:An? |The )?`[^`]+`", subject) is not None
    term, alias = split_alias(re.sub(r"^(?:An?|The)\s+", "", subject).strip('`"* '))
    if (coded and term in note.declared) or " and " in term:
        return
    alias = "" if leans(alias) or "," in alias else alias
    if not re.search("[A-Za-z]", term) or BAD_TERM.search(term) or is_label(term):
        return
    if starts_badly(subject) or len(term.split()) > 4:
        return
    titled = term.casefold() in note.title.casefold()
    if (
        (verb in ("is", "are", "was", "were") and not _EN_WHOSE.search(text) and not (titled and len(text.split()) > 3))
        or BAD_GENUS.match(text)
        or not fit_meaning(clean_meaning(text)[0])
    ):
        return
    shown = coded or bool(alias) or visible(note, block, term)
    shown = shown or _often(note, subject, term, text) or _apart(term, text, opens)
    sure = shown and (verb not in ("means",) or coded)
    yield definition(note, note.source(block), sentence, term, alias, text, "safe" if sure else "unsure", verb == "means")


def _apart(term: str, text: str, opens: bool) -> bool:
    """Tell whether a whole description sets apart a thing with a name, or one that a paragraph begins with."""
    if len(text.split()) < WHOLE or not re.fullmatch(r"[A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,3}", term):
        return False
    named = _OWN.search(term) or re.fullmatch(r"[A-Z][\w-]*(?: (?:of |the )*[A-Z][\w-]*)+", term)
    return bool(named) or (opens and bool(_SET_APART.match(text)))


def _often(note: Note, subject: str, term: str, text: str) -> bool:
    """Tell whether "A lease is …" defines a word: one the note goes on speaking of, or by a whole description."""
    if not re.match(r"An? ", subject) or not term.replace(" ", "").isalpha():
        return False
    described = re.match(r"an? (?:[\w-]+ ){1,4}(?:that|which|who|used|for|to|by|with|in which)\b", text)
    return note.words[term.casefold()] >= OFTEN or (bool(described) and len(text.split()) >= 6)
