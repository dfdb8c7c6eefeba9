"""The words of a sentence that are worth asking for."""

from __future__ import annotations

import re

from notes.facts import CautionFact, PropertyFact
from notes.wording import starts_with_action
from quizzes.twins import family, family_words, partner

#: Words whose opposite is told by the rest of the sentence or that many words could replace: judged, never
#: typed.
_MODAL = re.compile(
    r"^(?:不.*|无.*|没有.*|可以|能够?|会|需要|必须|支持|都|默认|之[前后]|以[前后]|先|后|can|cannot|must|not|no|never|only|is|are)$",
    re.I,
)
#: Words too common to be an answer, and numbers that belong to a name.
_GENERIC = re.compile(
    r"^(?:containers?|images?|files?|commands?|options?|users?|data|system|version|linux|windows|docker|git|name|value|default|required"
    r"|容器|镜像|应用|程序|文件|目录|命令|选项|参数|用户|数据|系统|主机|服务|进程|端口|版本|名称|内容|功能|方法|对象|变量|函数|类|值)$",
    re.I,
)
#: Short forms that stand before or behind every other noun of the trade: "the ____ address" asks for nothing.
_EVERYWHERE = re.compile(r"^(?:apis?|ids?|ips?|urls?|rfcs?|os|ui)$", re.I)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_CAPITALS = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9_.+#-]*")
_PART_OF_A_NAME = r"(?:[A-Z][\w.-]*|[Vv]ersion|[Bb]uild|[Rr]elease|v)[\s/]?"
#: Words of Han characters that say the same inside a typed answer.
_SAME_WORDS = (
    ("终止", "停止", "退出"),
    ("相互", "互相"),
    ("只读", "仅可读"),
    ("可写", "可读写", "读写"),
    ("最上层", "顶层", "最顶层"),
    ("最下层", "底层", "最底层"),
)
_LATIN_AND_HAN = re.compile(r"^[A-Za-z]+ ?(?P<han>[一-鿿]{2,})$")


def keywords_of(fact: PropertyFact | CautionFact) -> list[str]:
    """Give the words to ask for, best first: members of a known family (SIGTERM, Exited), then the note's
    own keywords.
    """
    own = list(fact.keywords) if isinstance(fact, PropertyFact) else []
    words = dict.fromkeys([*family_words(fact.sentence), *own])
    return [
        word
        for word in words
        if word in _without_asides(fact.sentence)
        and not (word[:1].isdigit() and re.search(_PART_OF_A_NAME + re.escape(word), fact.sentence))
        and not _part_of_a_name(word, fact.sentence)
        and not (word.islower() and word.isascii() and family(word) and not _is_state(word, fact.sentence))
    ]


def _part_of_a_name(word: str, sentence: str) -> bool:
    """Tell whether a word stands beside a capitalised one."""
    if f" {word}" not in sentence and f"{word} " not in sentence:
        return False
    return re.search(rf"\b[A-Z][\w-]* {re.escape(word)}\b|\b{re.escape(word)} [A-Z][a-z]", sentence) is not None


def _without_asides(sentence: str) -> str:
    """Give a sentence without what stands in brackets: glosses and versions are no words to ask for."""
    return _ASIDE.sub("", sentence)


def _is_state(word: str, sentence: str) -> bool:
    """Tell whether a word like "running" is said of a thing and is not a verb with an object."""
    return bool(
        re.search(rf"\b(?:is|are|be|was|were|been|already|still|just|only|not)\s+{re.escape(word)}\b", sentence)
        or re.search(rf"\b{re.escape(word)}\s*(?:[.,;)]|$)", sentence)
    )


def typed_keywords_of(fact: PropertyFact) -> list[str]:
    """Give the words that can be asked for as typed text: one word only fits. Plain words never are, Chinese or
    English, unless the note itself marks them: another word of the same meaning would fit as well. A word with a twin
    is asked by `either_of`.
    """
    return [
        word
        for word in keywords_of(fact)
        if not _MODAL.match(word)
        and not _GENERIC.match(word)
        and not _EVERYWHERE.match(word)
        and not (" " in word and f"`{word}`" in fact.sentence)
        and not _is_deed(word)
        and not partner(word, fact.language)
        and _one_word_fits(word, fact)
    ]


def _one_word_fits(word: str, fact: PropertyFact) -> bool:
    """Tell whether a good answerer could write nothing else: code, a name in capitals, a number, a value of a family,
    or what the note marks as to be known.
    """
    exact = f"`{word}`" in fact.sentence or word[:1].isdigit() or _CAPITALS.fullmatch(word)
    return bool(exact) or fact.marked or word in family_words(fact.sentence)


def either_of(fact: PropertyFact) -> tuple[str, str]:
    """Give a word that has a twin, and the twin, the two between which a learner decides; ("", "") if none."""
    for word in keywords_of(fact):
        other = partner(word, fact.language, fact.sentence)
        if other and other not in fact.sentence and not _MODAL.match(word) and not is_generic(word):
            return word, other
    return "", ""


def is_generic(word: str) -> bool:
    """Tell whether a word is too common for a gap: 容器 among 镜像 and 主机 asks for nothing."""
    return bool(_GENERIC.match(word))


def _is_deed(word: str) -> bool:
    """Tell whether a word is a deed of Han characters, which can be said in many ways: 创建容器."""
    return len(word) > 2 and word >= "一" and starts_with_action(word)


def forms_of(word: str) -> tuple[str, ...]:
    """Give the forms in which a keyword is accepted: Docker容器 also as 容器, 终止状态 also as 停止状态 or 已停止."""
    mixed = _LATIN_AND_HAN.match(word)
    forms = [word, mixed["han"]] if mixed else [word]
    for group in _SAME_WORDS:
        said = next((one for one in group if one in word), "")
        forms += [word.replace(said, other) for other in group if said and other != said]
    states = [f"{mark}{form[:-2]}" for form in forms if form.endswith("状态") and len(form) > 3 for mark in ("已", "")]
    return tuple(dict.fromkeys([*forms, *states]))
