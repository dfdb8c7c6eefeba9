"""Plain text: its language, its sentences, and the marks that make a sentence unfit for asking."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from notes.facts import Language

HAN = "一-鿿"
WRAPPED = 56  # from this length on a Chinese line may have been wrapped by an editor
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_LATIN_PIECE = re.compile(r"[A-Za-z0-9_./:$-]+")
_BLANKS, _WHITE = re.compile(r"[ \t]+"), re.compile(r"\s+")
_HAN_WRAP = re.compile(f"(?<=[{HAN}，、；：（“])\\s*\\n\\s*(?=[{HAN}，、。；：（）“”])")
_CODE = re.compile(r"`[^`\n]*`")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U000e0020-\U000e007f\u2139]")

_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[a-z])")

_END = re.compile(r"[。！？；…!?](?:[”’」』）)\"']*)|\.(?=\s|$)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)(?<!\bvs\.)|;(?=\s)|\n")

_PRONOUN_ZH = re.compile(
    r"^(它|他|她|这|那|该(?!网)|其(?!他|它|余)|此|本(?!地|机|质|"
    r"身)|上述|以上|前者|后者|两者|二者|有些|有时|一般|大家|你|"
    r"您|我|咱|哪|谁|"
    r"同样|前面|后面|上面|下面|接下来|通常使用这)"
)
_PRONOUN_EN = re.compile(
    r"^(it|its|it's|this|that|these|those|they|they're|their|such|"
    r"he|she|his|her|here|there|there's|we|i|i'm|i've|you|your|"
    r"my|our|"
    r"one|some|another|both|each|which|who|what|where|when that|"
    r"if you|as you|to do so|doing so|for example)\b",
    re.I,
)
_JOIN_ZH = re.compile(
    r"^(但|而|并(?!行|发|列)|且|或(?!门)|也(?!可)|所以|因此|因为|"
    r"由于|然后|另外|同时|不过|于是|接着|最后(?!一)|首先|其次|"
    r"此外|例如|比如|如果|假如|假设|即(?!将|时|使)|就是|"
    r"还(?!原)|又|再(?!次)|以及|反之|否则|这样|从而|进而|总之|虽然|尽管|一方面|另一方面)"
)
_JOIN_EN = re.compile(
    r"^(but|and|or|so|then|also|however|because|therefore|thus|"
    r"hence|additionally|furthermore|moreover|otherwise|instead|"
    r"besides|yet|nor|finally|next|first|second|secondly|lastly|"
    r"generally|normally|that said|having said|once|note that|"
    r"now|previously|formerly|currently|today|e\.g)\b",
    re.I,
)
# Every sentence is searched for these. A search is quick where all alternatives begin with a letter of their own, or
# where they share what they begin with: so they stand apart by language, and no set opens one of them.
_DEICTIC_ZH = re.compile(
    r"基于以上|以上(?=创建|命令|步骤|内容|示例|的)|这个|这些|上述|如下|如图|见下|以下|上面|下面|"
    r"这里|此处|刚才|上文|下文|前文|后文|上例|本例|本文(?<![版文样脚]本文)(?!件)|本节(?!点)|本章|示例中|见图|参见|参考|详见|查看文档|"
    r"上图|下图|图中|表(?<![一-鿿]表)中|笔者|译者|"
    r"图\s?\d|表\s?\d|例\s?\d|清单\s?\d|代码清单\s?\d|公式\s?\d|习题\s?\d|第\s?[\d一二三四五六七八九十]+\s?[章节课讲]"
)
_DEICTIC_EN = re.compile(
    r"\b(?:(?:in|of|from) that \w|as follows\b|below\b|above\b|shown\b|this example\b|the previous\b|"
    r"this (?:section|article|chapter|guide|post|page|tutorial|cheat ?sheet|command|file|repo|book)\b|see\b|following\b|"
    r"click\b|(?:listing|figure|fig\.|table|example|chapter|section|exercise|lesson|step|appendix)s? [A-Z]?\d)",
    re.I,
)
_OPINION_ZH = re.compile(
    r"我们?(?!国)|咱们?(?!国)|感觉|可能是|貌似|大概|也许|好像|似乎|待补充|哈哈|很赞|很棒|不错|好用|个人认为|说白了"
)
_OPINION_EN = re.compile(
    r"\b(?:I think|maybe|probably|perhaps|TODO|we|our|(?-i:us)|let's|my|obviously|amazing|hopefully|thankfully|nice)\b|"
    r"(?-i:^I\b|\bI(?=(?:'\w+)? (?:am|was|have|had|think|thought|will|would|can|could|did|do|don't|like|use|used|want|need|"
    r"hope|believe|prefer|found|know|also|just|never|always|recommend|suggest|wrote|made|got|get|see|saw|love)\b)|\bI'\w)",
    re.I,
)
_URL = re.compile(r"https?://|www\.|\w@\w+\.\w")
_NEGATED_ZH = re.compile(r"❌|✗|✘|误区|错误说法")
_NEGATED_EN = re.compile(r"\b(?:myth|wrong)\b", re.I)
_PAIRS = (
    ("(", ")"),
    ("（", "）"),
    ("[", "]"),
    ("【", "】"),
    ("“", "”"),
    ("「", "」"),
    ("《", "》"),
    ("{", "}"),
)


#: Traditional characters of the words that rules look for, and the simplified ones the rules know.
_PAIRS_OF_SCRIPTS = (
    "說说屬属類类顯显啟启動动關关閉闭開开執执編编譯译測测試试補补齊齐刪删創创檢检視视複复製制設设連连線线釋释義义詞词術术語语參参數数選选項项組组織织檔档優优點点處处區区別别對对較较變变換换傳传輸输結结構构狀状態态"
    "階阶歷历驟骤過过時时間间記记錄录憶忆體体據据庫库層层網网絡络資资訊讯單单雙双並并協协議议請请響响應应該该讓让將将為为從从與与種种個个們们這这會会無无經经進进還还運运備备轉转發发給给續续總总計计標标籤签權权責责"
    "條条約约"
)
_SIMPLER = str.maketrans(_PAIRS_OF_SCRIPTS[::2], _PAIRS_OF_SCRIPTS[1::2])


def simpler(text: str) -> str:
    """Give Chinese as the rules write it: the traditional characters of their words made simplified."""
    return text if text.isascii() else text.translate(_SIMPLER)


#: A row that no author begins: its first word joins it to the row above.
_GOES_ON = re.compile(r"[、，。；：）”]|[和与及或]\s?[A-Za-z0-9`]")


def unwrapped(text: str) -> str:
    """Join what an editor wrapped and keep the breaks an author made: English is wrapped anywhere, Chinese only
    behind a long line without an end.
    """
    if not han_count(text):
        return one_line(text)
    rows = text.split("\n")
    lines, size = [rows[0]], length(rows[0])
    for before, row in pairwise(rows):
        wrapped = size >= WRAPPED and before[-1:] not in "。！？；：.!?;:~"
        if wrapped or _GOES_ON.match(row):
            lines[-1], size = lines[-1] + row, size + length(row)
        else:
            lines.append(row)
            size = length(row)
    return "\n".join(lines)


def han_count(text: str) -> int:
    return 0 if text.isascii() else len(_HAN.findall(text))


#: Letters of scripts that no rule reads: kana, hangul, Cyrillic, Arabic, Hebrew, Thai and the scripts of India.
_FOREIGN = re.compile("[\u3041-\u30fa\uac00-\ud7af\u0400-\u04ff\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f]")


def is_foreign(text: str) -> bool:
    """Tell whether a text is written in a script that is not read: a quarter of its letters is."""
    if text.isascii():
        return False
    foreign = len(_FOREIGN.findall(text))
    return foreign > 1 and foreign * 4 > len(_HAN.findall(text)) + sum(map(len, _LATIN_WORD.findall(text)))


def language_of(text: str) -> Language:
    """Tell Chinese from English: Han characters are a fifth of them and the Latin words. Japanese is neither, and is
    spoken of in English.
    """
    if is_foreign(text):
        return "en"
    han, latin = han_count(text), len(_LATIN_WORD.findall(_CODE.sub("", text)))
    return "zh" if han and han * 5 >= han + latin else "en"


def tidy(text: str) -> str:
    """Drop invisible characters and emoji, and make every odd space a plain one; lines stay."""
    if text.isascii():
        return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    text = _EMOJI.sub("", _ODD_SPACE.sub(" ", _INVISIBLE.sub("", text)))
    text = _APOSTROPHE.sub("'", text) if "’" in text else text
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip()


@lru_cache(maxsize=8192)
def one_line(text: str) -> str:
    """Join soft-wrapped lines: without a space between Han characters, with one elsewhere."""
    return _WHITE.sub(" ", _HAN_WRAP.sub("", text) if "\n" in text else text).strip()


def compared(text: str) -> str:
    """Give the form in which texts are compared: NFKC, case folded, no spaces or marks."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[str, ...]:
    """Split prose at sentence ends and line ends, never inside a code span."""
    covered = _CODE.sub(lambda span: "\x00" * len(span.group()), text)
    pieces, start = [], 0
    for end in _END.finditer(covered):
        if _inside_brackets(covered, start, end.start()):
            continue
        pieces.append(text[start : end.end()])
        start = end.end()
    pieces.append(text[start:])
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _inside_brackets(text: str, start: int, end: int) -> bool:
    part = text[start:end]
    return (
        any(part.count(left) > part.count(right) for left, right in (("(", ")"), ("（", "）"), ("“", "”"), ("「", "」")))
        and text[end] != "\n"
    )


def without_end(text: str) -> str:
    """Strip list marks in front and full stops, commas and colons behind."""
    return text.strip().strip("*_ ").strip().rstrip("。.;；,，、:：!！ ").strip()


def balanced(text: str) -> bool:
    plain = _CODE.sub("", text)
    if text.count("`") % 2 or plain.count('"') % 2:
        return False
    return all(plain.count(left) == plain.count(right) for left, right in _PAIRS)


def starts_badly(text: str) -> bool:
    """Whether a sentence opens with a pronoun or a conjunction, so that it leans on the one before."""
    return bool(_PRONOUN_ZH.match(text) or _PRONOUN_EN.match(text) or _JOIN_ZH.match(text) or _JOIN_EN.match(text))


@lru_cache(maxsize=4096)
def leans(text: str) -> bool:
    """Whether a text points outside itself, speaks of its author, or is not a statement."""
    plain = _CODE.sub("", text)
    return bool(
        "?" in plain
        or "？" in text
        or text.rstrip().endswith((":", "：", "…", "..."))
        or _DEICTIC_EN.search(text)
        or _OPINION_EN.search(plain)
        or _NEGATED_EN.search(text)
        or _URL.search(text)
        or (not text.isascii() and (_DEICTIC_ZH.search(text) or _OPINION_ZH.search(plain) or _NEGATED_ZH.search(text)))
    )


def length(text: str) -> int:
    """Measure a text: Han characters and Latin words (two characters' worth each)."""
    return han_count(text) + 2 * len(_LATIN_PIECE.findall(text))


#: The start of a parameter's entry in a reference: "{integer} The size", "(alias: …)", "<string> …".
_PARAMETER = re.compile(
    r"\{[^{}]*\}|\((?:alias|optional|default|type|string|int\w*|bool\w*|number|object)\b|<[A-Za-z|\[\] ]+>", re.I
)


_CUT_OFF = re.compile(r"(?:参数|值|选项|格式|形式|内容|方式|命令)(?:有|为|是|包括)$")  # a list was to follow
_EMPTY_QUOTES = re.compile(r"‘\s*’|“\s*”|（\s*）|「\s*」|`\s*`")
_THIS = re.compile(r"\b(?:this|these|those)\b|^(?:an? |the )?(?:similar|same|other|different)\b", re.I)


def fit_meaning(text: str) -> bool:
    """Whether a text may stand as the meaning of something: self-contained, of sensible length, whole."""
    if not 3 <= length(text) <= 110 or not balanced(text) or "|" in _CODE.sub("", text):
        return False
    if han_count(text) < 2 and len(_LATIN_WORD.findall(text)) < 2:
        return False
    if _EMPTY_QUOTES.search(text) or _PARAMETER.match(text) or _THIS.search(text) or _CUT_OFF.search(text):
        return False
    return not (starts_badly(text) or leans(text) or (text.startswith(("`", "<", "|", "->", "=", ",", "，")) and len(text) < 12))


_SCENE = re.compile(
    r"^(?:(?:对于|由于|当|在|如果|若|为了|正常情况下|默认情况下|"
    r"一般情况下|通常情况下)[^，。,]{0,26}|[^，。,]{2,18}(?:后|"
    r"时|的时候|情况下))[，,]\s*"
    r"|^(?:By default|If|When|While|After|Before|Because|Since|Once)\b[^,.]{2,60},\s+(?=\S)|^By default,?\s+",
    re.I,
)


def scene(text: str) -> str:
    """Give the clause in front that says when the rest holds, "默认情况下，"; "" if none."""
    found = _SCENE.match(text)
    return found.group() if found and not _PRONOUN_ZH.match(text) else ""


def fit_sentence(text: str) -> bool:
    """Whether a sentence can be asked as it stands."""
    front = scene(text)
    if front and (re.search(r"\b(?:you|your|this|that|it)\b|这|那|你", front, re.I) or not balanced(text)):
        return False
    text = text[len(front) :] if len(text) - len(front) >= 6 else text
    if not 6 <= length(text) <= 120 or not balanced(text):
        return False
    return not (starts_badly(text) or leans(text) or "|" in _CODE.sub("", text))


_EXAMPLE_CLAUSE = re.compile(
    r"[，,；;]?\s*(例如|比如|譬如|类似于?(?=[^，。]{2,})|，如 |e\.g\.|such as|for example|for instance).*$",
    re.I | re.S,
)
#: A word in front that a description goes on to explain: "A host -- a server that stores …".
_IN_OTHER_WORDS = re.compile(r"^\S.{0,18}? (?:--|—|–) (?=(?:an? |the |one )\S.{20})", re.I)
_KEEP_BRACKET = re.compile(r"仅|只|不|除|默认|必|only|not|except|unless|default|required", re.I)
_DEFAULT = re.compile(
    r"[，,；;（(]\s*(?:默认(?:值)?(?:为|是|：|:)?|defaults? (?:is|"
    r"to|:)?|default:?)\s*`?([$~A-Za-z0-9_./-]+)`?\s*(?:[)）]|(?=[，,;；。.]|"
    r"$))",
    re.I,
)


_AND_SO_ON = re.compile(r"等等?$")
_CALLED_HERE = re.compile(r"[，,]\s*(?:(?:以下|下文)?简称|下称)[^，。]{1,12}$")
_INCLUDED = re.compile(r"[，,]\s*(?:包括|包含|including)[^。]*(?:等等?|etc\.?)$")
_LAST_BRACKET = re.compile(r"\s*[（(]([^（()）]*)[)）]$")
_ASIDE = re.compile(r"例|如|见|see|e\.g|[A-Za-z]{3,}")
_SAYS_IT_MEANS = re.compile(
    r"^(?:(?:符号|字段|关键字|该?选项|该?参数|该?命令)?(?:表示|代表)|意思是|就是|是指|用来|用于|作用是|means|:|：|-|–|—)\s*"
)


#: Who or what has an option by default: not what it does.
_BY_DEFAULT = re.compile(r"\s*[（(](?:[^（）()]{0,12}默认[^（）()]{0,12}|(?:the )?default[^（）()]{0,20})[）)]$", re.I)
#: How manuals put a negation into Chinese.
_NEED_NOT = re.compile(r"(?:^|(?<=时))不要(?=[一-鿿])")


#: The full form of the term, in front of what it means: "(Time To Live): how long a parcel travels".
_FULL_FORM = re.compile(r"^\([A-Za-z][^()]{2,40}\):\s+(?=[A-Z])")


def clean_meaning(text: str) -> tuple[str, str]:
    """Cut a meaning to what can be asked: (meaning, default). Examples and marks go."""
    text = _IN_OTHER_WORDS.sub("", _FULL_FORM.sub("", one_line(tidy(text)).strip()))
    default = ""
    found = _DEFAULT.search(text)
    if found:
        default = "" if found.group(1).startswith(("$", "~")) else found.group(1)
        text = text[: found.start()] + text[found.end() :]
    cut = _EXAMPLE_CLAUSE.sub("", text)
    text = cut if length(cut) >= 4 else text
    is_list = "、" in text or "，" in text
    text = without_end(text) if is_list else _AND_SO_ON.sub("", without_end(text))
    text = _INCLUDED.sub("", _CALLED_HERE.sub("", text))
    text = _NEED_NOT.sub("不", _BY_DEFAULT.sub("", text))
    bracket = _LAST_BRACKET.search(text)
    if bracket and _ASIDE.search(bracket.group(1)) and not _KEEP_BRACKET.search(bracket.group(1)):
        text = text[: bracket.start()]
    return without_end(_SAYS_IT_MEANS.sub("", without_end(text))), default
