"""What prose and lists state, and what only looks like a statement; sentences are our own."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import DefinitionFact, ErrorFact, Fact


def facts_of(note: str, kind: type[Fact]) -> list:
    return [
        fact
        for fact in read_note("n.md", note.encode()).facts
        if isinstance(fact, kind) and fact.trust == "safe"
    ]


@pytest.mark.parametrize(
    ("note", "term", "definition"),
    [
        ("# Locks\n`LEASE` is a marker that a worker renews.\n", "LEASE", "a marker that a worker renews"),
        (
            "# Net\nTTL (Time To Live) is a number that limits how far a packet travels.\n",
            "TTL",
            "a number that limits how far a packet travels",
        ),
        (
            "# Tides\nA tide is a rise of the sea. The tide turns.\nHigh tide. Low tide.\nA tide comes and goes.\n",
            "tide",
            "a rise of the sea",
        ),
        ("# 网络\n网关协议的作用是在两个网络之间交换路由。\n## 网关协议\n", "网关协议", "在两个网络之间交换路由"),
        ("# 探针\nwarmupProbe 用于推迟其他检查，如果失败就重启。\n", "warmupProbe", "推迟其他检查"),
        ("# 政治\n共和制是指国家元首由选举产生的政体。\n", "共和制", "国家元首由选举产生的政体"),
    ],
)
def test_definitions_with_a_second_signal(note, term, definition):
    assert (term, definition) in [(fact.term, fact.definition) for fact in facts_of(note, DefinitionFact)]


@pytest.mark.parametrize(
    "note",
    [
        "# Boxes\n- **Shared paint**: all boxes of a row get the same colour\n",
        "# Boxes\n- **Opening boxes**: in any room with a key, you can open them\n",
        "# Boxes\n- **Push vs. pull**: a way of moving boxes that hurts\n",
        "# Boxes\n- `lid` {integer} The size of the lid\n- `rim` {integer} The size of the rim\n- `box` {string} The name\n",
        "# Boxes\nCrates and lids are a way of packing that saves room.\n",
        "# Boxes\n**Stack** is a pile of all boxes used to get to this point.\n",
    ],
)
def test_what_only_looks_like_a_definition(note):
    assert facts_of(note, DefinitionFact) == []


def test_names_that_the_code_of_an_example_declares_are_not_terms():
    note = """# Enums
```rust
enum Door {
    Open,
    Shut { hard: bool },
    Ajar(u8),
}
```
- `Open` has nothing beside it
- `Shut` has a named field, like a struct
- `Ajar` includes a number from zero up
"""
    assert facts_of(note, DefinitionFact) == []


def test_headings_and_code_about_errors_are_no_messages():
    note = """# Error handling
## Handling Potential Failure with Care
Because things break, read on. The solution is to check the result.
```rust
fn read_name() -> Result<String, io::Error> {
```
The fix is to return early.
"""
    assert facts_of(note, ErrorFact) == []
