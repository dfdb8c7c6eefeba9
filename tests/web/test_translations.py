"""The Chinese catalogue says everything the pages say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.languages import TRANSLATIONS, compile_catalogues

WEB = TRANSLATIONS.parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (TRANSLATIONS / "zh_Hans" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="zh_Hans")


def said() -> set[str]:
    """Collect every text of the pages, the plural of those that count, and the sentences of exports and imports."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(WEB, [("**.py", "python"), ("templates/**.html", "jinja2")], keywords=keywords)
    sentences = {"Sentence": None, "UnfitError": None, "ReadError": None}
    told = extract_from_dir(WEB.parent / "exports", [("**.py", "python")], keywords=sentences)
    messages = (row[2] for row in (*found, *told))
    return {message if isinstance(message, str) else message[-1] for message in messages}


def translated(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[-1]
            text = message.string if isinstance(message.string, str) else message.string[0]
            yield key, text


def test_every_text_is_translated_and_none_is_left_over(chinese: Catalog) -> None:
    assert {key for key, text in translated(chinese) if text} == said()


def test_nothing_is_fuzzy(chinese: Catalog) -> None:
    assert not [message.id for message in chinese if message.id and message.fuzzy]


def test_placeholders_are_the_same(chinese: Catalog) -> None:
    for key, text in translated(chinese):
        assert sorted(PLACEHOLDER.findall(key)) == sorted(PLACEHOLDER.findall(text)), key


def test_no_text_praises_blames_or_shouts(chinese: Catalog) -> None:
    for key, text in translated(chinese):
        plain = key.replace("engine failed before", "")
        assert not re.search(r"[!！]|oops|congratulations|invalid|\bfailed\b(?!, not you)", plain, re.I), key
        assert not re.search(r"[!！]|哎呀|太棒了|——|……", text), text


def test_a_catalogue_is_compiled_when_it_is_missing_or_older(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = folder / "messages.po"
    po.write_bytes((TRANSLATIONS / "zh_Hans" / "LC_MESSAGES" / "messages.po").read_bytes())
    assert compile_catalogues(tmp_path) == [folder / "messages.mo"]
    assert compile_catalogues(tmp_path) == []
    (folder / "messages.mo").unlink()
    assert compile_catalogues(tmp_path) == [folder / "messages.mo"]
    assert sorted(file.name for file in folder.iterdir()) == ["messages.mo", "messages.po"]
