"""What English sentences say that a thing is or does, and when something happened."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import ContrastFact, DefinitionFact, PropertyFact, QuantityFact

ROLES = """# Harbour

## Staff

- The pilot guides ships through the narrows.
- The warden collects the fees of all berths.
- tide-watch records the level of the water.
"""


def facts(note: str) -> list[DefinitionFact | QuantityFact | PropertyFact]:
    kinds = (DefinitionFact, QuantityFact, PropertyFact)
    return [fact for fact in read_note("n.md", note.encode()).facts if isinstance(fact, kinds) and fact.trust == "safe"]


def defined(note: str) -> dict[str, str]:
    return {fact.term: fact.definition for fact in facts(note) if isinstance(fact, DefinitionFact)}


def test_a_list_of_what_things_do_describes_each():
    assert defined(ROLES) == {
        "pilot": "guides ships through the narrows",
        "warden": "collects the fees of all berths",
        "tide-watch": "records the level of the water",
    }


def test_a_list_of_two_does_not():
    assert defined("\n".join(ROLES.splitlines()[:-1])) == {}


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("Ballast is the heavy material that keeps a ship upright.", "Ballast"),
        ("BerthMap shows every ship that has asked for a place.", "BerthMap"),
        ("tide-watch is responsible for the records of the water.", "tide-watch"),
        ("The Long Quay Plan was the town's plan to build a second harbour.", "Long Quay Plan"),
    ],
)
def test_a_sentence_on_a_thing_with_a_name_describes_it(sentence, term):
    assert term in defined(f"# Harbour\n\n{sentence} More was said.\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "Low-level work is prone to many errors of all kinds.",
        "DOCK provides small boats for visitors.",
        "It is the crane that lifts.",
    ],
)
def test_a_mere_trait_describes_nothing(sentence):
    assert defined(f"# Harbour\n\n{sentence} More was said.\n") == {}


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("The harbour was opened on 3 May 1871 by the mayor of the town.", "1871"),
        ("On May 3, 1871 the first ship was moored at the new quay.", "1871"),
        ("The town bought the quay in March 1902 from its owners.", "1902"),
    ],
)
def test_a_date_gives_its_year(sentence, year):
    [told] = [fact for fact in facts(f"# Harbour\n\n{sentence}\n") if isinstance(fact, QuantityFact)]
    assert told.value == year


def test_what_letters_stand_for_is_no_description():
    note = "# Harbour\n\n## TEU\n\nTEU stands for twenty-foot equivalent unit.\n"
    assert defined(note) == {}
    assert [fact.sentence for fact in facts(note)] == ["TEU stands for twenty-foot equivalent unit."]


def test_a_word_in_front_that_is_explained_is_left_out():
    words = "- **Berth**: A spot -- a place at the quay that holds one ship\n- **Quay**: a wall that ships tie up to\n"
    assert defined(f"# Harbour\n\n## Words\n\n{words}")["Berth"] == "a place at the quay that holds one ship"


def test_doing_something_with_a_command_is_said_of_the_command():
    note = """# Docker

Reading a box with the `load` command creates a new image with all its labels.
Reading a box with the `import` command creates a new image without labels.

```bash
docker load -i a.tar
docker import a.tar
```
"""
    [told] = [fact for fact in read_note("n.md", note.encode()).facts if isinstance(fact, ContrastFact)]
    assert (told.first, told.second) == ("docker load", "docker import")
    assert told.first_value == "creates a new image with all its labels"


def test_an_expansion_in_front_would_tell_its_initials_and_is_left_out():
    note = "# 码头\n\n## 术语\n\n- **BMS**：Berth Management System，泊位管理系统，用来安排船只的泊位\n- **泊位**：停船的位置\n"
    assert defined(note)["BMS"] == "泊位管理系统，用来安排船只的泊位"
