"""Clean text for people: no leftovers of Markdown or HTML, good spacing, the right width of punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

CACHED = 8192  # texts remembered: a meaning is set for its own question and for its siblings' choices
HAN = "一-鿿㐀-䶿"
_CODE = re.compile(r"(`[^`\n]+`)")  # a group, so that splitting keeps the spans
_TAG = re.compile(
    r"</?(?:font|span|u|b|i|em|strong|br|p|div|center|code|kbd|sup|sub|details|summary|mark|a|img)\b[^<>]*>",
    re.I,
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*|(?<!\w)__(?!_)(.+?)(?<!_)__(?!\w)|==(.+?)==|~~(.+?)~~")
_MARKUP = re.compile(r"<|\]\(|\*\*|__|==|~~")  # what none of the three above can do without
_SPACE = r" \t\u00a0\u3000\r\n"
_SPACES = re.compile(rf"[{_SPACE}](?:(?<! )|(?=[{_SPACE}]))[{_SPACE}]*")  # all but a single plain one
_ANY_HAN = re.compile(f"[{HAN}]")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\ufeff\u00ad]")
_OPTION = re.compile(r"(?<![A-Za-z0-9_`/.=<-])(--[a-z][a-z0-9-]*|-[A-Za-z])(?![A-Za-z0-9_`>-])(?!\s?=\s?\d)")
_LEAD = re.compile(r"^(?:[-*+•>#]+\s+|[:：;；,，、.。]\s*)+")
_TAIL = re.compile(r"[\s。.;；,，、:：]+$")

# These are tried on every text: each begins with what is rare in it, and looks behind only from there.
_LATIN_AFTER_HAN = re.compile(rf"[A-Za-z0-9$~/-](?<=[{HAN}].)(?:(?<![/-])|(?<=-)(?=-?[A-Za-z])|(?<=/)(?=[a-z]))")
_LATIN_BEFORE_HAN = re.compile(rf"[A-Za-z0-9%+*)](?=[{HAN}])")
_SPACE_BETWEEN_HAN = re.compile(rf" (?<=[{HAN}] )(?=[{HAN}])")
#: A space that an author set around bold print, and no pause: "**tar 命令** 用于打包".
_SPACE_IN_CLAUSE = re.compile(
    rf" (?<=[{HAN}] )(?=用于|用来|[是的之中里与和或及]|(?<=(?:命令|指令|语句|函数|选项|参数|方法|工具|协议|服务) )"
    rf"(?:[可会能在由为将把被也都则就]|主要|一般|通常|必须|需要|负责|表示|指))"
)
_FULL_WIDTH = "，。；：？！、（）“”「」《》"
_SPACE_AT_FULL_WIDTH = re.compile(rf" (?: *(?=[{_FULL_WIDTH}])|(?<=[{_FULL_WIDTH}] ) *)")
_SPACE_AT_MARK = re.compile(r"  *(?=[,.;:?!](?:\s|$))")
_FORM = re.compile(rf"(?<![^\s，。；：（])([{HAN}]{{2,8}}(?::[{HAN}]{{2,8}})+)(?![^\s，。；：）])")
_HALF_WIDTH = {",": "，", ";": "；", "?": "？", "!": "！", ":": "："}
_HALF_MARK = re.compile(rf"(?<=[{HAN}”’）`])\s?([,;?!:])(?!//)\s*(?=[^\d/]|$)|([,;?!:])\s*(?=[{HAN}“‘（])")
_MAYBE_HALF = re.compile(r"[(,;?!:]")
_WORDY = re.compile(f"[{HAN}A-Za-z0-9]")
#: The name of the tool in prose, in the middle of no word, path or command: "docker 容器".
_BRAND = re.compile(rf"(?<![A-Za-z0-9_./:@$=-])docker(?= ?[{HAN}，。、；）”]| ?$)(?! ?(?:命令|指令|组(?!件|成|合)))")
_BRACKETS = re.compile(r"\(([^()`]*)\)")


def has_han(text: str) -> bool:
    """Tell whether there is a Chinese character in the text."""
    return not text.isascii() and _ANY_HAN.search(text) is not None


def plain(text: str) -> str:
    """Strip what is left of Markdown and HTML and collapse white space; code spans keep their backticks."""

    def strip(part: str) -> str:
        part = _TAG.sub(" ", part) if "<" in part else part
        part = _LINK.sub(r"\1", part) if "](" in part else part
        return _BOLD.sub(lambda found: next(filter(None, found.groups()), ""), part)

    text = outside_code(strip, text) if _MARKUP.search(text) else text
    return _SPACES.sub(" ", text if text.isascii() else _ZERO_WIDTH.sub("", text)).strip()


@lru_cache(maxsize=CACHED)
def chinese(text: str) -> str:
    """Set Chinese prose: full-width marks, one space between Han and Latin, options as code."""
    text = plain(text)
    if ":" in text:
        text = outside_code(lambda part: _FORM.sub(_format_as_code, part), text)
    text = _with_options_as_code(text)
    if "docker" in text:
        text = outside_code(lambda part: _BRAND.sub("Docker", part), text)
    if _MAYBE_HALF.search(text):
        text = outside_code(_full_width, text, keep_neighbours=True)
    text = _SPACE_BETWEEN_HAN.sub("，", _SPACE_IN_CLAUSE.sub("", text))
    text = _space_between_scripts(text)
    return outside_code(lambda part: _SPACE_AT_FULL_WIDTH.sub("", part), text).strip()


@lru_cache(maxsize=CACHED)
def english(text: str) -> str:
    """Set English prose: straight spacing, options as code."""
    return _SPACE_AT_MARK.sub("", _with_options_as_code(plain(text)))


def _with_options_as_code(text: str) -> str:
    return outside_code(lambda part: _OPTION.sub(r"`\1`", part) if "-" in part else part, text) if "-" in text else text


def phrase(text: str) -> str:
    """Cut list marks in front and full stops, commas and colons behind."""
    return _TAIL.sub("", _LEAD.sub("", text)).strip()


def code(text: str) -> str:
    """Give the text as a code span; what holds a backtick itself is given as it is."""
    return text if "`" in text or not text else f"`{text}`"


_SIGNS = re.compile(r"[\\^$*+?{}\[\]|<>:!=%#@;~\"`']|^[^\w\s]|\(\)$|\w\(\w*\)$|_|^[A-Za-z]$|^[a-z]{2,3}$|^/|\.\w{1,4}$")


_SPOKEN = re.compile(r"(?<![\w-])[A-Za-z]{2,}(?= )")
MANY_WORDS = 4  # so many plain words are a sentence, whatever signs stand in it


def looks_like_code(term: str) -> bool:
    """Tell whether a term is typed rather than spoken: `:wq`, `upper()`, `i`, `{n}`."""
    return not has_han(term) and bool(_SIGNS.search(term)) and "’" not in term and len(_SPOKEN.findall(term)) < MANY_WORDS


def named(term: str, left: str, right: str) -> str:
    """Give a term as it stands in a sentence: typed ones as code, others between quotes."""
    if looks_like_code(term):
        return code(term)
    return term if term[:1] in "《“「‘" else f"{left}{term}{right}"


def outside_code(change: Callable[[str], str], text: str, keep_neighbours: bool = False) -> str:
    """Apply a change to the parts outside code spans.

    With `keep_neighbours` the change sees each code span as one placeholder letter, so that marks beside it
    are seen in context.
    """
    if "`" not in text:
        return change(text)
    if keep_neighbours:
        spans = _CODE.findall(text)
        masked = change(_CODE.sub("\ue000", text))
        for span in spans:
            masked = masked.replace("\ue000", span, 1)
        return masked
    parts = _CODE.split(text)
    parts[::2] = map(change, parts[::2])
    return "".join(parts)


def _space_between_scripts(text: str) -> str:
    """Put a space between Han and Latin, and between code spans and words."""
    parts = _CODE.split(text)
    parts[::2] = [_LATIN_BEFORE_HAN.sub(_space_behind, _LATIN_AFTER_HAN.sub(_space_before, part)) for part in parts[::2]]
    for place in range(1, len(parts), 2):
        before = " " if _WORDY.match(parts[place - 1][-1:]) else ""
        behind = " " if _WORDY.match(parts[place + 1]) else ""
        parts[place] = f"{before}{parts[place]}{behind}"
    text = "".join(parts)
    return re.sub(r" {2,}", " ", text) if "  " in text else text


def _space_before(found: re.Match[str]) -> str:
    return f" {found.group()}"


def _space_behind(found: re.Match[str]) -> str:
    return f"{found.group()} "


def _format_as_code(found: re.Match[str]) -> str:
    form = found.group(1)
    return f"`{form}`" if has_han(form) else form


def _full_width(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        return _HALF_WIDTH[found.group(1) or found.group(2)]

    def bracket(found: re.Match[str]) -> str:
        inner = found.group(1)
        before = text[found.start() - 1 : found.start()]
        return f"（{inner}）" if has_han(inner) or has_han(before) else found.group()

    text_with_brackets = _BRACKETS.sub(bracket, text) if "(" in text else text
    return _HALF_MARK.sub(mark, text_with_brackets) if _MAYBE_HALF.search(text) else text_with_brackets
