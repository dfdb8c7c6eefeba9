"""What reference texts and other people's notes must not be misread as; all sentences are our own."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.blocks import parse, read_blocks
from notes.extract.entries import is_entry
from notes.extract.labels import is_term
from notes.facts import CommandFact, DefinitionFact, Fact, FlagFact, PropertyFact, RowFact
from notes.note import Note
from notes.text import clean_meaning, unwrapped


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


USAGE = """# Boxes

    Usage: {call} [-f] <lid>

      -f/--force       Seal the lid even if it is sealed already
      -k/--keep        Keep the old seal beside the new one
                       (defaults to $BOX_ROOT/seals)
      -v/--verbose     Verbose mode: print each step to the terminal
"""


def test_the_usage_line_says_whose_options_follow():
    read = facts_of(USAGE.format(call="boxctl seal"), FlagFact)
    assert {(fact.command, fact.flag, fact.meaning) for fact in read} == {
        ("boxctl seal", "-f", "Seal the lid even if it is sealed already"),
        ("boxctl seal", "-k", "Keep the old seal beside the new one"),
        ("boxctl seal", "-v", "print each step to the terminal"),
    }


def test_options_of_a_usage_line_that_cannot_be_read_belong_to_nothing():
    assert facts_of(f"# tar\n\n`tar` packs.\n\n{USAGE.format(call='eval $(boxctl seal')}", FlagFact) == []


TOLD = """A **crate** is a box that is made of wood.

- `lid`: names the board on top
- `rim`: names the edge
- `peg`: holds the lid
"""
TITLES = (
    *("Contributing to Boxes", "Release process of Boxes", "Code of Conduct"),
    *("Boxes: changelog", "箱子项目贡献指南", "更新日志"),
)


@pytest.mark.parametrize("title", TITLES)
def test_how_a_project_works_is_no_subject(title):
    assert read_note("n.md", f"# {title}\n\n{TOLD}".encode()).facts == ()
    assert read_note("n.md", f"# Boxes\n\n{TOLD}".encode()).facts != ()


def test_a_list_of_releases_is_no_subject():
    releases = "\n".join(f"## v1.{number}.0 - 2031-04-0{number}\n\n{TOLD}" for number in range(1, 6))
    assert read_note("n.md", f"# Boxes\n\n{releases}".encode()).facts == ()
    sections = "\n".join(f"## 1.{number} Packing in {number} steps\n\n{TOLD}" for number in range(1, 6))
    assert read_note("n.md", f"# Boxes\n\n{sections}".encode()).facts != ()


OPTIONS = """# iptables

```shell
-p, --port num ：设置监听的端口号
-o, --out <网络接口> ：指定数据包出去的接口
-D num 删除某一条规则
-E, --rename old new ：用新的名字重命名一条链
-s-r：等于 -o ro
-w：等于 -o rw
-m sync：在同步模式下写入
-m async：在异步模式下写入
-t：指定文件系统的类型
```
"""


def test_what_an_option_takes_is_no_part_of_what_it_does():
    read = {fact.flag: (fact.argument, fact.meaning) for fact in facts_of(OPTIONS, FlagFact)}
    assert read["-p"] == ("num", "设置监听的端口号")
    assert read["-o"] == ("网络接口", "指定数据包出去的接口")
    assert read["-D"] == ("num", "删除某一条规则")
    assert read["-E"] == ("old new", "用新的名字重命名一条链")
    assert read["-t"] == ("", "指定文件系统的类型")


def test_an_option_told_by_its_values_or_by_another_option_is_not_asked():
    assert {fact.flag for fact in facts_of(OPTIONS, FlagFact)}.isdisjoint({"-s-r", "-w", "-m"})


HISTORY = """# Git

## Viewing the project history

```sh
git log
```

```sh
git log --stat                # show what each commit changed
                              # and how much
git log v1..v2                # commits between v1 and v2
```
"""


def test_a_heading_s_ing_form_is_a_deed_and_a_plural_is_none():
    read = {fact.command: fact.purpose for fact in facts_of(HISTORY, CommandFact)}
    assert read == {"git log": "View the project history", "git log --stat": "show what each commit changed and how much"}


def test_a_letter_among_signs_is_no_command():
    signs = "# sed\n\n```sh\ng # 替换一行中的全部\np # 打印匹配的行\nw # 把行写入一个文件\n```\n"
    assert facts_of(signs, CommandFact) == []


def test_a_caption_ends_where_it_leads_to_the_command():
    note = "# tcpdump\n\n抓取一块网卡上的包，使用：\n\n```sh\ntcpdump -i eth0\n```\n"
    assert [fact.purpose for fact in facts_of(note, CommandFact)] == ["抓取一块网卡上的包"]


PARTS = """# Boxes

### `box.open(lid, mode[, callback])`

* `lid` {Lid} The lid to open. When locked, the lid is opened with the key.
* `mode` {integer} The strength to open it with.
"""
BOXES = Note("n.md", "Boxes", "en", read_blocks(parse(PARTS))[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "`mode` is an integer that the `box.open()` function adds to the strength of the arm.",
        "The callback is given two arguments, the box and the lid.",
        "If the lid does not exist, the `box.open()` function returns an empty box.",
        "The box may be opened by a {Person} who has the key of it.",
        "`mode` {integer} must be smaller than the strength of the arm.",
        "`-l`, `--lid` Opens the box with all of its lids.",
        "-newer box The box is newer than the other box.",
        "BOX_HOME The place where the box keeps its lids.",
        "If a key had been used instead, the box would contain only a lid.",
        "Do not send the box to the other house until it is closed.",
        "The box is now part of the house.",
        "`-v` lid=red 把颜色传递给箱子的盖子。",
        "text is split up by the box and put into its lids.",
        "`option` Specify any of the lids that the box has.",
        "next 当 next 语句用于循环时，箱子会移动到下一个盖子。",
        "`box` 命令 Linux box 命令是用来装箱的命令。",
    ],
)
def test_an_entry_of_a_reference_is_no_statement(sentence):
    assert is_entry(BOXES, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "`box.open()` opens a box with the key that is given.",
        "The `--lid` option opens the box with all of its lids.",
        "A lid of wood is heavier than a lid of paper.",
        "The mode of transport is chosen by the sender.",
        "HTTP is a protocol that carries boxes of text.",
        "tar is a tool that packs files into one archive.",
        "`option` Boxes are shut by their lids.",
        "`-v` 选项把颜色传递给箱子的盖子。",
        "next 语句让箱子移动到下一个盖子。",
    ],
)
def test_a_statement_is_no_entry(sentence):
    assert not is_entry(BOXES, sentence)


def test_a_statement_beside_them_stands():
    sentence = "The `Box` keeps at most 12 lids for each of its keys."
    assert sentence in [fact.sentence for fact in facts_of(f"# Box\n\n{sentence}\n", PropertyFact)]


TABLE = """# Lids

| Lid | {title} |
|---|---|
| oak | {one} |
| elm | {two} |
| ash | {three} |
"""


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Size", ("1482", "33819", "521")),
        ("流行度", ("V:54, I:226", "V:97, I:390", "V:3, I:18")),
        ("box contains", ("apples", "pears", "plums")),
    ],
)
def test_figures_of_a_day_and_half_sentences_are_no_columns_to_ask(title, cells):
    assert facts_of(TABLE.format(title=title, one=cells[0], two=cells[1], three=cells[2]), RowFact) == []


@pytest.mark.parametrize(
    ("title", "cells"), [("Size", ("4 inches", "8 inches", "16 inches")), ("Port", ("1482", "3381", "5211"))]
)
def test_measures_and_numbers_with_a_name_are(title, cells):
    read = facts_of(TABLE.format(title=title, one=cells[0], two=cells[1], three=cells[2]), RowFact)
    assert [fact.value for fact in read] == list(cells)


def test_a_dialog_s_questions_are_no_things():
    note = "# Set-up\n\n| Question | Answer |\n|---|---|\n| Host name | box1 |\n| Manager | cn=box |\n| Password | secret |\n"
    assert facts_of(note, RowFact) == []


def test_a_cell_that_points_elsewhere_says_nothing():
    cells = TABLE.format(title="Keys", one="refer to the oak page", two="iron", three="brass")
    assert [fact.name for fact in facts_of(cells, RowFact)] == ["elm", "ash"]


@pytest.mark.parametrize(
    "note",
    [
        "# The Lid\n\nThe lid is a mouth that never speaks,\nThe box is an ear that has never heard;\n",
        "# Shopping\n\n- bread\n- **cheese**: the one that the boxes are made for\n",
        "# 购物\n\n- **洗衣液**：用蓝色的箱子装的那种\n- **面包**：用纸箱装的那种\n",
        "# はこ\n\n- **ふた**：箱の上を閉じるための板\n- **かぎ**：ふたを開けるための道具\n",
        "# Коробки\n\n- **Крышка**: доска, которая закрывает коробку\n- **Ключ**: предмет, который открывает крышку\n",
        "# 会议\n\n时间：2031 年开会\n地点：三楼的会议室\n主持：由箱子部的经理负责\n",
    ],
)
def test_what_is_written_for_other_ends_teaches_nothing(note):
    assert [fact for fact in read_note("n.md", note.encode()).facts if fact.trust == "safe"] == []


def test_a_note_in_japanese_is_not_taken_for_chinese():
    assert read_note("n.md", "# はこ入門\n\n箱とは、物を入れるための容器のことである。\n".encode()).language == "en"
    assert read_note("n.md", "# 箱子（はこ）\n\n箱子是一种用来装东西的容器，日语叫做はこ。\n".encode()).language == "zh"


def test_rows_of_a_machine_are_data_and_a_long_table_is_read_in_part():
    rows = "\n".join(f"| box {number} | {3000 + number} |" for number in range(40))
    assert facts_of(f"# Ports\n\n| Box | Port |\n|---|---|\n{rows}\n", RowFact) == []
    names = [f"{first}{second}" for first in "abcdefghijklmnopqrstuvwxyz" for second in "abcdefghijklmnopqrstuvwxyz"]
    rows = "\n".join(f"| {name}x | {3000 + number} |" for number, name in enumerate(names))
    assert len(facts_of(f"# Ports\n\n| Box | Port |\n|---|---|\n{rows}\n", RowFact)) < len(names)


def test_commands_under_a_head_of_instructions_are_commands():
    note = "# 系統\n\n| 指令 | 說明 |\n|---|---|\n| `ls` | 列出目錄的內容 |\n| `cp` | 複製檔案 |\n| `mv` | 移動檔案 |\n"
    assert facts_of(note, DefinitionFact) == []
    assert [fact.command for fact in facts_of(note, CommandFact)] == ["ls", "cp", "mv"]


def test_a_purpose_said_in_two_languages_is_given_in_one():
    note = "# Docker 笔记\n\n- `docker ps`: list running containers 列出容器\n- `docker rm`：remove a container 删除容器\n"
    assert [fact.purpose for fact in facts_of(note, CommandFact)] == ["列出容器", "删除容器"]


def test_both_spellings_of_an_option_may_stand_with_a_space_between():
    note = "# grep\n\n```shell\n-i --ignore-case    # 忽略字符大小写的差别。\n-n --line-number   # 标示出每一列的编号。\n```\n"
    read = [(fact.flag, fact.aliases, fact.meaning) for fact in facts_of(note, FlagFact)]
    assert read == [("-i", ("--ignore-case",), "忽略字符大小写的差别"), ("-n", ("--line-number",), "标示出每一列的编号")]


def test_an_exit_status_means_its_first_sentence():
    statuses = "- 0 The box is closed. All lids are on.\n- 1 A lid is missing. Look for it.\n- 2 No box was found.\n"
    note = f"# boxctl\n\n## Exit status\n\n{statuses}"
    assert [fact.value for fact in facts_of(note, RowFact)] == ["The box is closed", "A lid is missing", "No box was found"]


@pytest.mark.parametrize("term", ["Boxes 3.7 and earlier", "箱子通常", "箱子既", "2.0 版及以上"])
def test_a_range_or_an_adverb_is_no_name(term):
    assert not is_term(term)


def test_a_row_that_an_editor_tore_off_goes_on():
    assert unwrapped("箱子可以装 TCP\n和 UDP 的包裹。\n盖子另放") == "箱子可以装 TCP和 UDP 的包裹。\n盖子另放"


def test_a_full_form_in_front_is_no_part_of_the_meaning():
    assert clean_meaning("(Box Reset): The box was shut by its keeper") == ("The box was shut by its keeper", "")
    assert clean_meaning("(optional) the lid to open") == ("(optional) the lid to open", "")


def test_a_word_that_stands_for_a_value_is_no_gap():
    note = "# box\n\n**box** `--lid=ACTION`\n\n如果动作 ACTION 是 recurse，box 会打开里面所有的 LID 盖子。\n"
    words = {word for fact in facts_of(note, PropertyFact) for word in fact.keywords}
    assert "ACTION" not in words
    assert "LID" in words


def test_a_note_named_after_a_command_tells_of_its_options():
    options = "```shell\n--batch：打开批处理模式\n--no-pager：不使用内部分页器\n```\n"
    note = f"# boxctl\n\n## 选项\n\n{options}\n## 实例\n\n```shell\ncat lids.txt\ncat -n lids.txt\ncat box.txt\n```\n"
    assert {(fact.command, fact.flag) for fact in facts_of(note, FlagFact)} == {("boxctl", "--batch"), ("boxctl", "--no-pager")}


def test_statuses_are_left_out_when_one_of_them_is_torn():
    statuses = "- 0 The box is closed.\n- 1 A lid is missing (i.e. all. of them).\n- 2 The box was lost at a place (see map\n"
    assert facts_of(f"# boxctl\n\n## Exit status\n\n{statuses}", RowFact) == []
