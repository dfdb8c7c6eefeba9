"""Cases are called for by what a note shows, and by nothing else."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.extract.consequences import cases
from notes.facts import ConsequenceFact


def names(note: str) -> dict[str, tuple[int, int]]:
    facts = read_note("n.md", note.encode()).facts
    return {fact.name: fact.source.lines for fact in facts if isinstance(fact, ConsequenceFact)}


def test_an_option_calls_for_its_case_at_its_line():
    found = names("# Docker\n```bash\ndocker run -d --publish-all nginx\n```\n")
    assert found["random host port"] == (3, 3)
    assert "host port comes first" not in found


def test_an_explained_option_comes_before_a_line_that_uses_it():
    note = "# Docker\n```bash\ndocker run -P nginx\n# docker run\n# -P 映射到随机端口\ndocker run IMAGE\n```\n"
    assert names(note)["random host port"] == (5, 5)


def test_joined_calls_must_all_be_met():
    create = "# Docker\n```\ndocker create nginx\n```\n"
    assert "create and start are run" not in names(create)
    both = create + "```\ndocker start web\n```\n"
    assert names(both)["create and start are run"] == (3, 3)


@pytest.mark.parametrize(
    ("line", "called"),
    [
        ("docker run -v /srv/www:/www nginx", "host directory"),
        ("docker run -v $(pwd):/www nginx", "host directory"),
        ("docker run -v /data busybox", "anonymous volume"),
        ("docker run -v $PWD/keys:/keys:ro nginx", "read-only mount"),
        ("docker pull hub.example.org:5000/nginx", "registry in the name"),
        ("docker rm $(docker ps -qa)", "running ones are kept"),
    ],
)
def test_the_kind_of_value_matters(line, called):
    assert called in names(f"# Docker\n```bash\n{line}\n```\n")


def test_a_named_volume_is_no_host_directory():
    found = names("# Docker\n```bash\ndocker run -v data:/data busybox\ndocker pull nginx\n```\n")
    assert not {"host directory", "anonymous volume", "registry in the name"} & set(found)


def test_words_of_the_prose_call_at_their_line():
    note = "# Docker\n\n每个容器都有自己的\n可写层，放在镜像之上。\n"
    assert names(note)["changes stay in the container"] == (4, 4)


def test_notes_on_other_things_call_for_nothing():
    assert names("# Hg\n```bash\nhg commit -A\nhg pull\n```\n\n提交之后再推送。\n") == {}
    assert set(names("# Git\n```bash\ngit commit -a\ngit pull\n```\n\n提交之后再推送。\n")) == {"new file and commit -a"}


@pytest.mark.parametrize(
    "note",
    [
        "# HTTP\n\n- 301：永久重定向\n- 302：临时重定向\n",
        "# Averages\n\nThe standard error of the mean tells how far it may be off.\n",
        "# Kubernetes\n\nPod 的重启策略有三种。\n",
        "# Bits\n\n`>>` shifts to the right.\n",
        "# Windows\n\n`cmd [options]` opens a window, and `run` runs a program.\n",
        "# Make\n\nThe build cache keeps what was made, and rules add and copy files.\n",
    ],
)
def test_a_word_of_another_field_calls_for_nothing(note):
    assert names(note) == {}


def test_every_case_has_a_call():
    assert all(calls for ways in cases().values() for calls in ways)
