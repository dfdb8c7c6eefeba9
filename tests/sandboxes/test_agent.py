"""How the sandbox's agent tells statements apart: bash is asked, so bash is the judge here, too."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

LAB = Path(__file__).parents[2] / "sandboxes" / "image" / "lab"


def load_agent():
    spec = spec_from_file_location("lab_agent", LAB / "agent.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.SPLIT = str(LAB / "split.sh")
    return module


agent = load_agent()


@pytest.mark.parametrize(
    ("script", "statements"),
    [
        ("echo a\necho b", ["echo a", "echo b"]),
        ("echo a; echo b\n", ["echo a; echo b"]),
        ("for i in 1 2; do\n  echo $i\ndone\npwd", ["for i in 1 2; do\n  echo $i\ndone", "pwd"]),
        ("cat <<END\nfi\n}\nEND\npwd", ["cat <<END\nfi\n}\nEND", "pwd"]),
        ("docker run \\\n  -d \\\n  nginx\npwd", ["docker run \\\n  -d \\\n  nginx", "pwd"]),
        ("echo a |\n  cat\npwd", ["echo a |\n  cat", "pwd"]),
        ("echo 'a\nb'\npwd", ["echo 'a\nb'", "pwd"]),
        ("x=$(\n  pwd\n)\npwd", ["x=$(\n  pwd\n)", "pwd"]),
        ("f() {\n  pwd\n}\nf", ["f() {\n  pwd\n}", "f"]),
        ("# why\n\necho a\n# end", ["# why\n\necho a"]),
        ("a &&\nb\nc", ["a &&\nb", "c"]),
        ("echo a\nif true\necho b", ["echo a", "if true\necho b"]),
        ("}\ntouch /nosuch/x\nf() {", ["}\ntouch /nosuch/x\nf() {"]),
        ("", []),
        ("\n\n# nothing\n", []),
        ("echo \0a", ["echo a"]),
        ("echo '\udc80'", ["echo '?'"]),
    ],
)
def test_statements_are_told_apart(script, statements):
    assert agent.split(script) == statements


def test_nothing_of_a_script_runs_while_it_is_split(tmp_path):
    trace = tmp_path / "trace"
    agent.split(f"touch {trace}\n}}\ntouch {trace}\nf() {{\n$(touch {trace})\n}}; touch {trace}; g() {{\n")
    assert not trace.exists()


@pytest.mark.parametrize(("asked", "said"), [(b"", b""), (b'{"hello": true}\n', b'{"done": {}}\n')])
def test_the_agent_speaks_only_when_asked(asked, said):
    program = [sys.executable, "-c", "import agent; agent.main()"]
    assert subprocess.run(program, cwd=LAB, input=asked, stdout=subprocess.PIPE, check=True).stdout == said


@pytest.mark.parametrize(("program", "answers"), [("exit 0", True), ("exit 1", False)])
def test_a_registry_that_does_not_start_is_told_of(tmp_path, monkeypatch, program, answers):
    hub = tmp_path / "hub.sh"
    hub.write_text(f"#!/bin/sh\n{program}\n")
    hub.chmod(0o755)
    monkeypatch.setattr(agent, "HUB", str(hub))
    assert agent.prepare() is answers


LINES = [
    "echo a", "if true; then", "fi", "for i in 1 2; do", "done", "cat <<E", "E", "echo \\", "{", "}", "# c",
    "", "(", ")", "'", '"', "a ||", "case x in", "x) echo;;", "esac", "echo $(", "f() {", "$((1+", "))",
    "`", "break",
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=8))
def test_splitting_changes_nothing_of_what_bash_does(lines):
    script = "".join(f"{line}\n" for line in lines)
    whole = bash(script)
    assert bash("\n".join(agent.split(script)) + "\n") == whole
    for statement in agent.split(script)[:-1]:
        assert is_complete(statement)


def bash(script: str) -> str:
    done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, timeout=10, check=False)
    return done.stdout


def is_complete(script: str) -> bool:
    done = subprocess.run(["bash", "-n", "-c", script], capture_output=True, text=True, timeout=10, check=False)
    return done.returncode == 0


def test_the_agent_needs_nothing_beyond_the_standard_library():
    source = (LAB / "agent.py").read_text()
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)
