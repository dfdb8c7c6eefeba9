# ruff: noqa: E501 - a sentence stays on its line
"""Tasks from the commands that work on files."""

from __future__ import annotations

from collections.abc import Mapping

from quizzes.practicals.files import archives, modes, moving
from quizzes.practicals.lines import Rules
from quizzes.practicals.naming import Maker

_LOUD = frozenset("v")
_LONG = {"verbose": "v", "recursive": "r", "force": "f"}
_COMPRESSING = Rules("dk123456789", "", {"decompress": "d", "keep": "k", "verbose": "v"}, ignored=frozenset("vfq123456789"))
#: Every tool that such tasks are made of: how its options are read, and the maker.
FILEWORK: Mapping[str, tuple[Rules, Maker]] = {
    "mkdir": (Rules("p", "m", {"parents": "p", "mode": "m", **_LONG}, ignored=_LOUD), moving.mkdir),
    "rmdir": (Rules("", "", _LONG, ignored=_LOUD), moving.rmdir),
    "touch": (Rules(), moving.touch),
    "rm": (Rules("rRf", "", _LONG, ignored=frozenset("vi")), moving.rm),
    "cp": (Rules("rRapf", "", {**_LONG, "archive": "a"}, ignored=frozenset("vi")), moving.cp),
    "mv": (Rules("f", "", _LONG, ignored=frozenset("vi")), moving.mv),
    "ln": (Rules("s", "", {"symbolic": "s"}, ignored=_LOUD), moving.ln),
    "chmod": (Rules("R", "", {"recursive": "R", "reference": "reference", "verbose": "v", "changes": "c", "quiet": "f", "silent": "f"}, frozenset({"reference"}), frozenset("vcf")), modes.chmod),
    "tar": (
        Rules(
            "cxtrzjJa", "fC",
            {"create": "c", "extract": "x", "get": "x", "list": "t", "append": "r", "gzip": "z", "bzip2": "j", "xz": "J", "file": "f",
             "directory": "C", "exclude": "exclude", "remove-files": "remove-files", "strip-components": "strip", "verbose": "v"},
            frozenset({"exclude", "strip"}), frozenset("vp"), bare=True,
        ),
        archives.tar,
    ),
    **dict.fromkeys((*archives.ENDINGS, *archives.UNPACKERS), (_COMPRESSING, archives.compress)),
    "zip": (Rules("r", "", {"recurse-paths": "r"}, ignored=frozenset("qv")), archives.zip_up),
    "unzip": (Rules("", "d", {}, ignored=frozenset("qo")), archives.unzip_into),
}  # fmt: skip
