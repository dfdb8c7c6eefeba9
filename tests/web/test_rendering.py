"""The one place that makes HTML of stored text: nothing but code spans, gaps and listings comes out as a tag."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.web.material import NOTE
from web.rendering import count_gaps, icon, inline, note_lines, passage, prompt

TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
ALLOWED = {"p", "br", "pre", "code", "span"}
HOSTILE = st.text(st.sampled_from("`_~<>&\"'$ \nabc#-") | st.characters(codec="utf-8"), max_size=200)


@given(HOSTILE)
def test_only_our_own_tags_come_out(text: str) -> None:
    for html in (prompt(text), inline(text), *(line.html for line in note_lines(text))):
        for _slash, name, attributes in TAG.findall(html):
            assert name in ALLOWED
            assert not re.search(r"\bon|href|src|style=", attributes)


@given(HOSTILE)
def test_every_letter_is_kept_but_marks(text: str) -> None:
    def letters(given: str) -> str:
        return "".join(sorted(mark for mark in given if mark.isalnum()))

    assert letters(unescape(re.sub(TAG, "", inline(text)))) == letters(text)


@given(HOSTILE)
def test_gaps_are_counted_as_they_are_drawn(text: str) -> None:
    drawn: list[int] = []
    prompt(text, lambda number: drawn.append(number) or Markup("<gap>"))  # type: ignore[func-returns-value]
    assert drawn == list(range(count_gaps(text)))


@given(HOSTILE)
def test_a_note_keeps_its_lines(text: str) -> None:
    assert [line.number for line in note_lines(text)] == list(range(1, len(text.split("\n")) + 1))


@pytest.mark.parametrize(("text", "html"), [
    ("a `b` c", "<p>a <code>b</code> c</p>"), ("`` a`b ``", "<p><code>a`b</code></p>"), ("one ` tick", "<p>one ` tick</p>"),
    ("<i>", "<p>&lt;i&gt;</p>"), ("a\nb", "<p>a<br>b</p>"), ("a\n\nb", "<p>a</p>\n<p>b</p>"),
    ("run `docker ps -a`", '<p>run <code>docker ps <span class="nb">-a</span></code></p>'),
    ("```\n$ ls\nx <y>\n```", '<pre class="term" tabindex="0"><code><span class="ps">$ </span>ls\nx &lt;y&gt;</code></pre>'),
    ("`a ____ b`", '<p><code>a <span class="gap">____</span> b</code></p>'), ("", ""),
])
def test_a_prompt(text: str, html: str) -> None:
    assert prompt(text) == html


def test_a_passage_has_its_numbers_its_hits_and_a_little_around() -> None:
    lines = passage(NOTE, (7, 8), 1)
    assert [line.number for line in lines] == [6, 7, 8, 9]
    assert [line.hit for line in lines] == [False, True, True, False]
    assert passage(NOTE, (1, 1))[0].number == 1
    assert passage("one line", (5, 9)) == []


def test_lines_inside_a_listing_are_set_as_commands() -> None:
    kinds = [line.kind for line in note_lines("# h\n```sh\na `b`\n```\nt")]
    assert kinds == ["h", "cmd", "cmd", "cmd", "text"]


def test_an_icon_is_named_or_hidden() -> None:
    assert 'aria-hidden="true"' in icon("next")
    assert 'role="img" aria-label="&lt;b&gt;"' in icon("m-right", "<b>", "right")
    with pytest.raises(KeyError):
        icon("no such icon")
