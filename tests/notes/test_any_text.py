"""Whatever is handed in: no crash, lines inside the note, the same reading twice, linear work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notes import NoteError, read_note

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.md"))
SHARED = sorted((ROOT.parent / "shared" / "notes").glob("*.*.md"))
PIECES = [
    "# docker run [OPTIONS]",
    "```bash",
    "```",
    "~~~",
    "- 镜像(Image)",
    "| a | 说明 |",
    "|---|---|",
    "| `-d` | 后台运行 |",
    "# -d 后台运行",
    "docker run -d nginx",
    "$ docker ps",
    "CONTAINER ID   IMAGE",
    "**注意**：不要这样",
    "从下到上：",
    "1. 启动容器",
    "> 引用",
    "<font color=red>红",
    "<table><tr><td>",
    "首先创建容器，然后启动",
    "`docker stop` sends SIGTERM, then sends SIGKILL.",
    "A is a thing that works.",
    "---",
    "title: x",
    "容器是一种隔离的进程。",
    "-p 与 -P 的区别",
    "\\",
    "docker stop $(dokcer ps",
    "<<EOF docker cat <<EOF",
    "甲 -> 乙 -> 丙",
    "",
    "\t",
    "    docker ps",
    "1871 年统一",
    "- 1492: A fleet crosses the ocean",
    "网关：转换协议的设备",
    "机会成本（opportunity cost）：放弃的价值",
    "| 条约 | 时间 | 战争 |",
    "| 《甲约》 | 1842年 | 第一次战争 |",
    "| I want to | Command |",
    "| undo it | `git reset` |",
    "ifconfig　查看网卡信息",
    "* 2xx:成功,请求已被处理",
    "The `await` keyword pauses a task.",
    "ARP 的作用是解析地址。",
    "##1.1 標題",
    "<h1>標題</h1>",
    "**Never push to main.**",
    "- `dd`: deletes a line",
]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(data):
    said = "n.md:"
    try:
        said += read_note("n.md", data).title
    except NoteError as error:
        said = str(error)
    assert said.startswith("n.md:")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_lines_are_inside_the_note_and_readings_are_equal(pieces):
    data = "\n".join(pieces).encode()
    try:
        reading = read_note("n.md", data)
    except NoteError:
        return
    last = max(1, len(reading.text.split("\n")))
    for source in [fact.source for fact in reading.facts] + [
        suspicion.source for suspicion in reading.suspicions
    ]:
        assert 1 <= source.lines[0] <= source.lines[1] <= last
    assert len({fact.id for fact in reading.facts}) == len(reading.facts)
    assert read_note("n.md", data) == reading


@pytest.mark.parametrize("path", SAMPLES + SHARED, ids=lambda path: path.name)
def test_real_notes_give_the_same_facts_twice_and_no_debris(path):
    reading = read_note(path.name, path.read_bytes())
    assert reading == read_note(path.name, path.read_bytes())
    for fact in reading.facts:
        shown = [
            value
            for key, value in vars(fact).items()
            if isinstance(value, str) and key not in ("text", "output", "trust")
        ]
        assert not any("\x00" in value or "![" in value or "</font>" in value for value in shown)


@pytest.mark.parametrize(
    ("name", "least"), [("docker-life.zh.md", 60), ("docker-life.en.md", 60), ("git-basics.zh.md", 25), ("linux-files.en.md", 40)]
)
def test_the_samples_are_rich_and_clean(name, least):
    reading = read_note(name, (ROOT / "samples" / name).read_bytes())
    assert sum(fact.trust == "safe" for fact in reading.facts) >= least
    assert reading.suspicions == ()


def calls_for(data: bytes) -> int:
    """Count the calls of functions of ours while a note is read: work without a clock."""
    count = 0

    def watch(frame, event, argument):
        nonlocal count
        if event == "call" and f"{ROOT}/notes/" in frame.f_code.co_filename:
            count += 1

    sys.setprofile(watch)
    try:
        read_note("n.md", data)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "## 节 {n}\n\n容器{n}是一种隔离的进程。\n\n```bash\n# 启动第{n}个\ndocker "
        "start web{n}\n```\n\n- `-d`: run it number {n}\n\n",
        "| a | 说明 |\n|---|---|\n| k{n} | 第{n}个值的意思 |\n\n",
        "```\n-x{n}  选项的意思\n",
        "甲{n}与乙{n}的区别：甲{n}只读，而乙{n}可写。\n\n",
    ],
)
def test_work_grows_with_the_note_and_not_faster(piece):
    small, large = (
        "".join(piece.replace("{n}", str(n)) for n in range(count)).encode() for count in (40, 160)
    )
    read_note("n.md", small)
    assert calls_for(large) < 6 * calls_for(small) + 2000


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 5_000,
        b"*a " * 3_000,
        b"`" * 20_000,
        b"> " * 5_000,
        b"- " * 2_000,
        b"|" * 20_000,
        b"(" * 20_000,
        b"# " + b"x" * 100_000,
        b"```\n" + b"docker run " * 5_000,
        "（".encode() * 5_000,
        b"<" * 20_000,
        b"a -> " * 5_000,
        b"$(" * 3_000,
        "是".encode() * 20_000,
        b"```\n" + b"docker ps \\\n" * 3_000,
        "如果甲，".encode() * 10_000,
        "中\n".encode() * 30_000,
        b"```\n$ docker ps\n" + b"CONTAINER ID     IMAGE NAME     " * 40 + b"x\n```\n",
    ],
    ids=range(18),
)
@pytest.mark.timeout(60)
def test_nasty_notes_are_read(data):
    read_note("n.md", data)
