"""Which of many texts stand beside a key: near it in length, and none that may say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from quizzes.draws import draw
from quizzes.earlier import bare
from quizzes.rewording import became
from quizzes.typed import normal
from quizzes.wording.base import Wording, data_rows
from quizzes.wording.tidy import has_han

WANTED = 3
FEW = 2  # wrong choices of one list are enough: one from elsewhere would stand out
TEMPTING = 2  # wrong choices at least that a beginner could take for right; else another kind asks the fact
ALIKE = 78  # rapidfuzz ratio from which two meanings may say the same
_LINKS = re.compile("[的了个和与或在某]")
_EVERYWHERE = frozenset(("容器", "镜像", "一个", "指定", "显示", "docker", "container", "image", "the", "and"))
_SAME_VERBS = tuple(row.split() for row in data_rows("same-verbs.txt"))
_ONE_VERB = {word: words[0] for words in _SAME_VERBS for word in words}
_SYNONYMS = re.compile(
    "|".join(word if not word.isascii() else rf"\b{word}\b" for word in sorted(_ONE_VERB, key=len, reverse=True))
)
#: What makes another deed of the same verb and thing.
_ANOTHER_DEED = re.compile(r"所有|全部|全|每|各|强制|只|仅|不|没|未|非|除|最")
_FILLER = re.compile(r"[\s`，。、；：“”（）(),.;:'\"]|的|了|进行|一个|该|a |the |an ", re.I)
_NO_HAN = re.compile(r"[^一-鿿]")
_LATIN = re.compile(r"[a-z]{3,}")
_WORD = re.compile(r"[A-Za-z]{2,}")


@lru_cache(maxsize=16384)
def alike(first: str, second: str) -> bool:
    """Tell whether two meanings may say the same, so that both would be right."""
    one, other = core(first), core(second)
    if not one or not other or one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 3 and (shorter in longer or _narrowed(shorter, longer)):
        return True
    return fuzz.ratio(one, other, score_cutoff=ALIKE) >= ALIKE


def _narrowed(broad: str, narrow: str) -> bool:
    """Tell whether a text of Han says the same deed of the same thing with something added: 进入容器 and
    进入后台运行的容器. What adds an amount or a force is another deed.
    """
    if broad[:2] != narrow[:2] or broad[-2:] != narrow[-2:] or len(broad) < 4 or not broad[0] >= "一" <= broad[-1]:
        return False
    added, place = narrow, 0
    for letter in broad:
        place = added.find(letter, place)
        if place < 0:
            return False
        added = added[:place] + added[place + 1 :]
    return not _ANOTHER_DEED.search(added)


@lru_cache(maxsize=16384)
def core(text: str) -> str:
    """The words that carry the meaning, verbs that say the same made one."""
    return _FILLER.sub("", _SYNONYMS.sub(lambda found: _ONE_VERB[found.group()], normal(text)))


def pick_texts(
    key: str, tiers: Iterable[Iterable[str]], wording: Wording, seed: str, most: int = WANTED, shown: Set[str] = frozenset()
) -> list[str]:
    """Take the best texts from tiers of candidates: an earlier tier first, within it lengths near the
    key's.

    Candidates that may say the same as the key or as one already taken are passed over.

    :param shown: what an earlier bank showed, which comes first
    """
    taken: list[str] = []
    aim = wording.length(key)
    for tier in _shown_first(tiers, key, shown):
        if len(taken) >= most:
            break
        for words in drawn(tier, seed, lambda words: misfit(wording.length(words), aim)):
            text = tier[words]
            if len(taken) < most and one_language(text, key) and not any(alike(text, other) for other in (key, *taken)):
                taken.append(text)
    return taken


def _shown_first(tiers: Iterable[Iterable[str]], key: str, shown: Set[str]) -> Iterator[Mapping[str, str]]:
    """Give the texts of all tiers by the words that they are ranked by: first those that an earlier bank showed, by the words
    they had there; then all.
    """
    if not shown:
        yield from ({text: text for text in tier} for tier in tiers)
        return
    whole = [list(tier) for tier in tiers]
    texts = unique(text for tier in whole for text in tier)
    gone = shown - {bare(key)} - set(map(bare, texts))
    then = became(sorted(gone), [text for text in texts if bare(text) not in shown])
    for tier in whole:
        yield {then.get(text, text): text for text in tier if bare(text) in shown or text in then}
    yield from ({text: text for text in tier} for tier in whole)


def one_language(first: str, second: str) -> bool:
    """Tell whether two texts could stand in one list: a sentence in English among Chinese ones stands out.

    Names and single words are of every language.
    """
    return has_han(first) == has_han(second) or not (_is_english(first) or _is_english(second))


def _is_english(text: str) -> bool:
    return not has_han(text) and "`" not in text and len(_WORD.findall(text)) > 2


def twice(tiers: Iterable[Iterable[str]], shown: Set[str]) -> Iterable[tuple[Iterable[str], Set[str]]]:
    """Give all tiers with what to take from them: first what an earlier bank showed, then (the empty set) anything."""
    if not shown:
        return ((tier, shown) for tier in tiers)
    whole = [list(tier) for tier in tiers]
    return [*((tier, shown) for tier in whole), *((tier, frozenset[str]()) for tier in whole)]


def drawn(texts: Iterable[str], seed: str, rank: Callable[[str], Any]) -> Iterator[str]:
    """Give each text once, by its rank and then in an order drawn from the seed.

    A draw costs a hash, so it is made for those ranks only that somebody asks for.
    """
    ranked: dict[Any, list[str]] = {}
    for text in unique(texts):
        ranked.setdefault(rank(text), []).append(text)
    for level in sorted(ranked):
        yield from sorted(ranked[level], key=lambda text: draw(seed + text, 997))


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def distinct(texts: Iterable[str]) -> Iterator[str]:
    """Give each text once, and none sooner than it is asked for."""
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


def misfit(length: float, aim: float) -> int:
    """How badly a length fits: 0 within a factor of 1.4, 1 within 2, 2 beyond."""
    ratio = max(length, aim) / max(1.0, min(length, aim))
    return 0 if ratio <= 1.4 else 1 if ratio <= 2 else 2


def usable(text: str, wording: Wording) -> bool:
    return wording.usable(text, 40 if wording.language == "zh" else 16)


def one_deed(first: str, second: str) -> bool:
    """Tell whether two purposes begin with one verb, or with verbs that say the same: 查看 and 显示."""
    one, other = core(first), core(second)
    return one[:2] == other[:2] if has_han(first) else first.split(" ")[0] == second.split(" ")[0]


def shares_words(meaning: str, purpose: str) -> bool:
    """Tell whether two texts share a pair of Han characters or a Latin word of three letters."""
    return bool(telling(meaning) & telling(purpose))


@lru_cache(maxsize=8192)
def telling(text: str) -> frozenset[str]:
    runs = _NO_HAN.sub(" ", text).split()
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1) if not _LINKS.search(run[place : place + 2])}
    return frozenset(pairs | set(_LATIN.findall(text.casefold()))) - _EVERYWHERE
