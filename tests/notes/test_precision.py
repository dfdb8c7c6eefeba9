"""What reference texts and other people's notes must not be misread as; all sentences are our own."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import DefinitionFact, Fact, PropertyFact


def facts_of(note: str, kind: type[Fact]) -> list:
    read = read_note("n.md", note.encode()).facts
    return [fact for fact in read if isinstance(fact, kind) and fact.trust == "safe"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("A box keeps a set of Lid Opening Rules (LORs) for each lid.", "LORs stands for Lid Opening Rules."),
        ("The parcel moves by way of the Lane Transfer Service (LTS).", "LTS stands for Lane Transfer Service."),
        ("The lid speaks BTP (the Box Talk Protocol).", "BTP stands for Box Talk Protocol."),
        ("The Union of Box Makers (UBM) meets twice a year.", "UBM stands for Union of Box Makers."),
    ],
)
def test_small_words_in_front_are_no_part_of_an_expansion(sentence, said):
    assert said in [fact.sentence for fact in facts_of(f"# Boxes\n\n{sentence}\n", PropertyFact)]


@pytest.mark.parametrize(
    "note",
    [
        "# 箱子\n- **结实耐用的**：用一种很厚的纸板做成的箱体结构\n- **分层存放的**：由几个隔板组成的内部结构\n",
        "# tar\n**tar命令** 用来把许多文件装进一个归档文件。\n",
        "# tar\n**tar可** 用来把许多文件装进一个归档文件。\n",
        "# tar\ntar命令是一种把许多文件装进一个归档文件的工具。\n",
        "# Box\nAn answer of `0` is a sign that the lid was open for the whole time.\n",
        "# Box\n### `box.open(lid[, key])`\n* `lid` {Lid}\n\n`lid` is an object that names the lid to open.\n\n"
        "`key` is a number that is stamped on the key.\n",
    ],
)
def test_what_is_no_term(note):
    assert facts_of(note, DefinitionFact) == []


def test_what_a_bracket_adds_is_no_other_name():
    read = facts_of("# Boxes\n- **Crates (and barrels)**: containers that are carried by two people\n", DefinitionFact)
    assert [fact.alias for fact in read] == [""]
