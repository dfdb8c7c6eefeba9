"""Code coloured by class names, for every format that is HTML. The colours are the reader's style sheet's."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

#: Longer listings stay plain: colour is for reading, and a lexer may take long on what is not its language.
MAX_COLOURED = 20_000

Escape = Callable[[str], str]


def highlight(code: str, language: str, escape: Escape = html.escape) -> str:
    """Give HTML with a <span class> around each coloured token; an unknown language stays plain.

    `escape` is applied to the text between the tags only.
    """
    lexer = _lexer(language) if language and len(code) <= MAX_COLOURED else None
    if lexer is None:
        return escape(code)
    return "".join(_span(kind, text, escape) for kind, text in lexer.get_tokens(code))


def _span(kind: _TokenType, text: str, escape: Escape) -> str:
    name = STANDARD_TYPES.get(kind, "")
    # Plain names, blanks and punctuation have no colour of their own: no tag keeps the file small.
    return f'<span class="{name}">{escape(text)}</span>' if name and name not in _COLOURLESS else escape(text)


#: A lexer takes the word kill in `docker kill web` for the shell's own: builtins (nb) would be coloured by chance.
_COLOURLESS = frozenset({"n", "p", "w", "l", "g", "err", "nb"})


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
