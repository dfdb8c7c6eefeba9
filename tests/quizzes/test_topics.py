"""The topic in front of a question on a sign or a short word."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import DefinitionFact, Language, Source
from quizzes.generate import generate
from quizzes.leaks import leaks
from quizzes.topics import needs_topic, topic
from quizzes.wording import WORDINGS


def term(word: str, definition: str, *path: str) -> DefinitionFact:
    language: Language = "en" if definition.isascii() else "zh"
    return DefinitionFact(Source("n.md", path, (3, 3)), language, definition, "safe", word, "", definition)


@pytest.mark.parametrize("word", ["i", ":wq", "upper()", "ENV", "{n}", "set"])
def test_signs_and_bare_words_need_their_topic(word):
    assert needs_topic(term(word, "a thing that stands for something longer"))


@pytest.mark.parametrize("word", ["Chloroplast", "active transport", "脏读"])
def test_words_that_speak_for_themselves_need_none(word):
    assert not needs_topic(term(word, "a thing that stands for something longer 的一件东西"))


def test_the_topic_is_the_subject_of_the_title_and_the_nearest_telling_heading():
    fact = term("MX", "names the mail server of a domain", "My network notes", "DNS", "Key terms")
    assert topic(fact, "My network notes", "MX") == "network · DNS"


def test_a_heading_that_tells_the_answer_is_left_out():
    fact = term("lease", "time-limited right to use an address", "DHCP cheat sheet", "What a lease is")
    assert topic(fact, "DHCP cheat sheet", "lease") == "DHCP"


def test_questions_on_signs_say_what_they_belong_to():
    note = """# 编辑器笔记
## vim
- `x`：删除光标处的字符
- `J`：把下一行并到本行末尾
- `%`：跳到配对的括号
- `~`：切换大小写
"""
    prompts = [question.prompt for question in generate([read_note("n.md", note.encode())]).questions]
    asked = [prompt for prompt in prompts if "配对。" not in prompt and "多选" not in prompt]
    assert asked
    assert all(prompt.startswith("【编辑器 · vim】") for prompt in asked)


def test_a_compound_said_in_its_two_words_gives_itself_away():
    assert leaks("按关键字传入的参数", "关键字参数")
    assert leaks("按位置传递的参数", "位置参数")
    assert not leaks("按名称传递的参数", "位置参数")


def test_a_description_of_few_words_needs_its_topic_and_is_not_typed():
    assert needs_topic(DefinitionFact(Source("n.md", ("x",), (1, 1)), "zh", "", "safe", "下标错误", "", "下标越界"))


def test_a_letter_that_stands_in_a_chinese_text_gives_itself_away():
    assert leaks("大于 0 时编号为 n 的进程收到信号", "n")
    assert not leaks("网络 net 中的进程收到信号", "n")


def test_a_sentence_on_a_letter_says_where_it_is_from():
    note = "# 灯塔\n\n## 旗语\n\nr 表示可进，w 表示可退，x 表示停船。对应的旗子是三种。\n"
    prompts = [question.prompt for question in generate([read_note("n.md", note.encode())]).questions]
    assert prompts
    assert all(prompt.startswith("【灯塔 · 旗语】") for prompt in prompts)


def test_a_link_in_a_file_system_is_no_reference():
    assert WORDINGS["zh"].usable("硬链接不能跨文件系统。")
    assert not WORDINGS["zh"].usable("用法见链接。")


def test_nobody_is_asked_for_the_name_of_what_the_whole_note_is_about():
    words = "- **缆桩**：固定船只缆绳的短柱\n- **灯塔**：夜间指引船只的高塔\n- **浮标**：标出航道的漂浮物\n"
    words += "- **锚地**：船只可以停泊的水域\n"
    asked = generate([read_note("n.md", f"# 灯塔学习笔记\n\n## 术语\n\n{words}".encode())]).questions
    assert "灯塔" not in [question.answer for question in asked]
    assert [question for question in asked if "灯塔" in question.prompt]
