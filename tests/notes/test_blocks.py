"""Markdown into blocks: paths, lines, tables, HTML, and the repairs."""

from __future__ import annotations

from notes import read_note
from notes.blocks import parse, read_blocks, strip_number
from notes.repair import repair


def kinds(note: str) -> list[tuple[str, tuple[int, int], str]]:
    return [(block.kind, block.lines, block.text) for block in read_blocks(parse(repair(note)))[0]]


def test_the_path_goes_by_the_nearest_lower_level():
    blocks, _ = read_blocks(parse("## 一、甲\n#### 1.2 乙\ntext\n### 丙\ntext\n## 3. 丁\ntext\n"))
    assert [block.path for block in blocks if block.kind == "paragraph"] == [
        ("甲", "乙"),
        ("甲", "丙"),
        ("丁",),
    ]


def test_numbers_go_and_names_stay():
    assert [
        strip_number(title)
        for title in ("3.2 Volumes", "（二）卷", "第三章 网络", "2pc", "4.2.1rm", "5G 网络")
    ] == [
        "Volumes",
        "卷",
        "网络",
        "2pc",
        "rm",
        "5G 网络",
    ]


def test_a_heading_without_space_is_a_heading_outside_fences_only():
    assert kinds("#标题\n\n```\n#注释\n```\n") == [("heading", (1, 1), "标题"), ("fence", (3, 5), "#注释\n")]


def test_an_open_fence_ends_before_the_next_heading_and_lines_stay():
    assert kinds("```\ndocker ps\n\n## 下一节\n\n文字\n") == [
        ("fence", (1, 3), "docker ps\n"),
        ("heading", (4, 4), "下一节"),
        ("paragraph", (6, 6), "文字"),
    ]


def test_a_list_glued_to_a_paragraph_is_a_list():
    assert [kind for kind, _, _ in kinds("步骤：\n- 甲\n- 乙\n")] == ["paragraph", "item", "item"]


def test_coloured_text_is_marked_and_struck_text_is_gone():
    blocks, _ = read_blocks(parse("<font color='red'>重要</font>的话 ~~错~~ **粗**\n"))
    assert (blocks[0].text, blocks[0].marked, blocks[0].strong, blocks[0].struck) == (
        "重要的话 粗",
        ("重要",),
        ("粗",),
        True,
    )


def test_tables_keep_the_line_of_each_row_in_markdown_and_html():
    blocks, _ = read_blocks(parse(
        "| a | b |\n|---|---|\n| 1 | 2<br>3 |\n\n"
        "<table><tr><th>x</th><td>y</td></tr><tr><td>1</td><td>2</td></tr></table>\n"
    ))
    assert (blocks[0].rows, blocks[0].row_lines) == ((("a", "b"), ("1", "2\n3")), (1, 3))
    assert blocks[1].rows == (("x", "y"), ("1", "2"))


def test_front_matter_gives_the_title_and_comments_and_contents_give_nothing():
    note = (
        "---\ntitle: 容器\n---\n<!-- code_chunk_output -->\n- [甲](#甲)\n"
        "<!-- /code_chunk_output -->\n\n## 甲\n"
    )
    reading = read_note("n.md", note.encode())
    assert (reading.title, reading.facts) == ("容器", ())


def test_broken_front_matter_is_no_error():
    assert read_note("n.md", b"---\ntitle: [\n---\n\n# A\n").title == "A"
