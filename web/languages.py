"""Which language a page speaks: the visitor's setting, else what the browser asks for."""

from __future__ import annotations

from pathlib import Path

from babel.dates import LOCALTZ
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request
from flask_babel import Babel

TRANSLATIONS = Path(__file__).parent / "translations"
COOKIE = "language"
#: tag in the page -> Babel's name
LANGUAGES = {"en": "en", "zh-Hans": "zh_Hans"}
NAMES = {"en": "English", "zh-Hans": "中文"}


def language() -> str:
    """Give the tag of the page's language: "en" or "zh-Hans"."""
    if not has_request_context():
        return "en"
    if "language" not in g:
        g.language = _chosen() or _preferred()
    return str(g.language)


def _chosen() -> str | None:
    value = request.cookies.get(COOKIE, "")
    return value if value in LANGUAGES else None


def _preferred() -> str:
    """Read Accept-Language; any Chinese gets Simplified Chinese, for that is the only Chinese we have."""
    for tag in request.accept_languages.values():
        primary = tag.lower().split("-")[0]
        if primary in ("zh", "en"):
            return "zh-Hans" if primary == "zh" else "en"
    return "en"


def other_language() -> str:
    """Give the tag of the language to switch to."""
    return "en" if language() == "zh-Hans" else "zh-Hans"


def tag_of(note_language: str) -> str:
    """Turn the language of a note ("zh", "en") into the tag for a lang attribute."""
    return "zh-Hans" if note_language == "zh" else "en"


def compile_catalogues(folder: Path = TRANSLATIONS) -> list[Path]:
    """Compile each .po whose .mo is missing or older; give those written. Costs some 20 ms a catalogue."""
    written = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        _compile(po, mo)
        written.append(mo)
    return written


def _compile(po: Path, mo: Path) -> None:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    # Two processes may start at once: each writes its own file, the last rename wins, both are the same.
    half = mo.with_name(f"{mo.name}.{id(catalogue):x}")
    with half.open("wb") as target:
        write_mo(target, catalogue)
    half.replace(mo)


def init_app(app: Flask) -> None:
    """Join Babel to the app."""
    compile_catalogues()
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS))
    # Times are those of the server's clock: whoever runs ./run sits beside it, and a class shares its zone.
    Babel(app, locale_selector=lambda: LANGUAGES[language()], timezone_selector=lambda: LOCALTZ)
    app.add_template_global(language)
    app.add_template_global(other_language)
    app.jinja_env.globals["language_names"] = NAMES
    app.add_template_filter(tag_of)
