"""The topic of a question, said in front where a term alone does not tell what it belongs to: "[DNS]", "【vim】"."""

from __future__ import annotations

import re
from functools import lru_cache

from notes.facts import DefinitionFact, Fact
from quizzes.leaks import leaks
from quizzes.typed import normal
from quizzes.wording.tidy import has_han, looks_like_code

LONGEST = 28
SHORT_DEFINITION = 10
FEW_WORDS = 5
#: Words of a title that say what kind of text it is, not what it is about.
_FILLER = re.compile(
    r"^(?:Q|问|问题)\s?\d+\s?[:：.、]?\s*|"
    r"(?:的)?(?:学习|面试题?|复习|课程|实战|个人)?(?:笔记|总结|知识点(?:总结|整理)?|复习(?:资料|提纲)?|速查表?|备忘(?:录|单)?|教程|大全|入门|整理|详解|"
    r"手册|八股文|面试题|筆記)(?:[（(].*[)）])?$|"
    r"\b(?:chapter|part|unit|lesson|week|lecture) \d+\b[:.]?|"
    r"\b(?:my|study|lecture|class|quick|complete|cheat ?sheets?|notes?|tutorials?|guides?|handbook|course|crash|"
    r"reference|introduction(?: to)?|basics?|101)\b|"
    r"第\s?[一二三四五六七八九十\d]+\s?[章节讲课部][分]?|^(?:章|表格?|图|[Tt]able|[Ff]igure|附录)\s?\d+(?:\.\d+)*[.:：、]?\s*",
    re.I,
)
_GENERIC = re.compile(
    r"(?:核心|基本|相关|常用|常见|主要|重要)?(?:概念|术语|名词(?:解释)?|命令|指令|参数|选项|操作|用法|组件|组成|关键字|基础(?:知识)?|知识点?|简介|介绍|"
    r"说明|例子|示例|内容|分类|类型|定义|其它|其他|语法|描述|实例|常识|特性)|"
    r"(?:key |core |basic |main |important |common |useful |more |the |some )*(?:terms?|terminology|vocabulary|concepts?|ideas?|"
    r"basics|commands?|options?|parameters?|overview|introduction|definitions?|examples?|notes?|features?|facts?|methods?|usage|summary|misc(?:ellaneous)?|"
    r"other|glossary|fundamentals|values?|characteristics|properties|people|persons|"
    r"timeline|dates|events|countries)|"
    r"人物|时间线|年表|大事记|大事年表|"
    r"(?:[一-鿿]{0,2})?(?:原因|影响|意义|背景|过程|结果|特点|作用|性质|标志|优点|缺点|优缺点|目的|注意(?:事项)?|步骤|条件|内容)|"
    r"(?:causes?|effects?|results?|significance|background|consequences|steps|stages|purpose|pros|cons|advantages|disadvantages)",
    re.I,
)


def topic(fact: Fact, title: str, *answers: str) -> str:
    """Give what a fact is about, from the nearest telling heading and the note's title; "" when they give an
    answer away or say nothing.
    """
    parts = [part for part in (subject_of(title), _nearest(fact.source.heading, title)) if part]
    kept: list[str] = []
    for part in dict.fromkeys(parts):
        known = any(normal(part) in normal(other) or normal(other) in normal(part) for other in kept)
        if not known and not any(_tells(part, answer) for answer in answers if answer):
            kept.append(part)
    return " · ".join(kept)


def needs_topic(fact: DefinitionFact) -> bool:
    """Tell whether the term is no more than a sign or a word that means something else elsewhere."""
    a_sign = looks_like_code(fact.term) or not re.match(r"[A-Z][a-z]{2,}|.*[ ]", fact.term)
    return says_little(fact) or (not has_han(fact.term) and a_sign)


def says_little(fact: DefinitionFact, letters: int = SHORT_DEFINITION, words: int = FEW_WORDS) -> bool:
    """Tell whether a definition is so short that it fits other things elsewhere: 文件不存在."""
    text = fact.definition
    return len(text) < letters if has_han(text) else len(text.split()) < words


_ITS_NAME_ABOVE = re.compile(
    r"\b[Tt]he (?:war|treaty|revolution|movement|party|battle|agreement|conference|campaign|"
    r"crisis|act|law|invention|dynasty|empire|reform|plan)"
    r"\b(?! of| on |\s+[A-Z])"
)


#: A label in front, whose noun is the heading: 导火线：…
_LABELLED = re.compile(r"[一-鿿]{2,4}[:：]")


def leans_on_topic(sentence: str) -> bool:
    """Tell whether a sentence speaks of "the war" as if one knew which."""
    return bool(_ITS_NAME_ABOVE.search(sentence) or _LABELLED.match(sentence))


@lru_cache(maxsize=1024)
def subject_of(text: str) -> str:
    """A heading without the words that only say what kind of text it is; "" when nothing telling is left."""
    bare = _FILLER.sub("", text.replace("`", ""))
    bare = re.split("[:：]", bare, maxsplit=1)[0] if len(bare) > LONGEST else bare
    bare = re.sub(r"\s*[（(][^()（）]*[)）]\s*", " ", bare)
    bare = re.sub(r"^[\W\d_]+|[\s\-–—:：,，&|/]+$", "", re.sub(r"\s{2,}", " ", bare)).strip()
    bare = "" if re.search(r"[?？]$|^(?:为什么|为何|如何|怎[么样]|why|how|what|when)\b", text.strip(), re.I) else bare
    return "" if len(bare) < 2 or len(bare) > LONGEST or _GENERIC.fullmatch(bare) else bare


def _nearest(path: tuple[str, ...], title: str) -> str:
    found = (subject_of(heading) for heading in reversed(path) if heading != title)
    return next((text for text in found if text), "")


def _tells(part: str, answer: str) -> bool:
    return normal(answer) == normal(part) or (len(answer) > 1 and leaks(part, answer))
