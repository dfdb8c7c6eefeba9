"""Facts of each kind, from notes small enough to read; expected values are written by hand."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.extract import DERIVED, EXTRACTORS
from notes.facts import (
    CautionFact,
    ColumnFact,
    CommandFact,
    ContrastFact,
    DefinitionFact,
    ErrorFact,
    ExampleFact,
    Fact,
    FlagFact,
    OutputFact,
    PropertyFact,
    QuantityFact,
    SequenceFact,
)
from notes.wording import lacks_subject


def facts_of(note: str, kind: type[Fact], trust: str = "safe") -> list:
    return [
        fact
        for fact in read_note("n.md", note.encode()).facts
        if isinstance(fact, kind) and fact.trust == trust
    ]


def test_stop_and_kill_give_number_order_and_contrast():
    note = """# Docker
## 停下容器
使用stop停下容器时，会先发送SIGTERM信号，等待15s后发送SIGKILL信号
kill 会直接发送SIGKILL信号
```bash
docker stop web
docker kill web
docker ps
```
"""
    [number] = facts_of(note, QuantityFact)
    assert (number.subject, number.quantity, number.value, number.unit) == (
        "docker stop",
        "waiting time",
        "15",
        "s",
    )
    [order] = facts_of(note, SequenceFact)
    assert order.steps == ("发送SIGTERM信号", "等待15s", "发送SIGKILL信号")
    [contrast] = facts_of(note, ContrastFact)
    assert (contrast.first, contrast.second) == ("docker stop", "docker kill")
    assert contrast.second_value == "直接发送SIGKILL信号"
    assert [fact.subject for fact in facts_of(note, PropertyFact)] == ["docker stop", "docker kill"]


def test_an_announced_pair_of_options_is_a_contrast():
    note = """# Docker
```
# docker run [OPTIONS] IMAGE
# -P 随机选择主机端口
# -p 指定主机端口
# 区分 -p 与 -P
docker run -P nginx
```
"""
    [contrast] = facts_of(note, ContrastFact)
    assert (contrast.first, contrast.first_value) == ("docker run -p", "指定主机端口")
    assert (contrast.second, contrast.second_value) == ("docker run -P", "随机选择主机端口")


def test_a_stack_is_read_from_bottom_to_top():
    note = "# 房子\n## 楼房\n从下到上：\n- 地基(Foundation)。很重。\n- 墙\n- 屋顶\n"
    [stack] = facts_of(note, SequenceFact)
    assert (stack.name, stack.steps) == ("楼房：从下到上的各层", ("地基", "墙", "屋顶"))


def test_a_label_with_its_translation_is_defined_by_the_text_below():
    note = "# 词\n## 概念\n- 租约(Lease)\n在约定时间内有效的使用权\n"
    [definition] = facts_of(note, DefinitionFact)
    assert (definition.term, definition.alias, definition.definition) == (
        "租约",
        "Lease",
        "在约定时间内有效的使用权",
    )


@pytest.mark.parametrize(
    ("note", "term", "definition"),
    [
        (
            "# Gasket\nA gasket is a ring that seals\na joint between two pipes.\n",
            "gasket",
            "a ring that seals a joint between two pipes",
        ),
        (
            "# 冷备份\n冷备份是指停机以后复制数据文件的备份方式。\n",
            "冷备份",
            "停机以后复制数据文件的备份方式",
        ),
        (
            "# T\n| Term | Definition |\n|---|---|\n| Osmosis | movement of water through a membrane |\n",
            "Osmosis",
            "movement of water through a membrane",
        ),
    ],
)
def test_definitions(note, term, definition):
    [fact] = facts_of(note, DefinitionFact)
    assert (fact.term, fact.definition) == (term, definition)


@pytest.mark.parametrize(
    "note",
    [
        "# 甲\n它是一种很轻的金属材料。\n",
        "# A\nThis is a tool that sorts files.\n",
        "# 甲\n默认分支是 main\n",
    ],
)
def test_a_sentence_without_a_noun_defines_nothing(note):
    assert facts_of(note, DefinitionFact) == []


def test_columns_are_explained_by_comments_behind_the_output():
    note = """# Docker
```
root:~# docker images
REPOSITORY   TAG      SIZE
nginx        latest   64 MB
# TAG 镜像的标签
# SIZE 镜像的大小
```
"""
    columns = facts_of(note, ColumnFact)
    assert [(fact.command, fact.column, fact.meaning) for fact in columns] == [
        ("docker images", "TAG", "镜像的标签"),
        ("docker images", "SIZE", "镜像的大小"),
    ]
    [output] = facts_of(note, OutputFact)
    assert output.output == "REPOSITORY   TAG      SIZE\nnginx        latest   64 MB"


def test_what_the_client_prints_is_taken_from_the_client():
    note = """# Docker
```
root:~# docker ps
CONTAINER ID   IMAGE   STATUS         NAMES
d5987c3d0257   redis   Up 2 seconds   quiet_fox
```
STATUS 表示容器在不在后台，up 表示在后台运行
"""
    assert [fact.meaning for fact in facts_of(note, ColumnFact)] == ["容器的当前状态"]
    assert "在 `docker ps` 的输出中，STATUS 一列的 Up 表示正在运行。" in [
        fact.sentence for fact in facts_of(note, PropertyFact)
    ]


def test_a_condition_behind_a_purpose_is_no_part_of_it():
    note = """# Docker
```bash
# 删除所有容器
docker rm -f $(docker ps -aq)   # 删除所有的容器，不需要暂停
```
"""
    assert all("暂停" not in fact.purpose for fact in facts_of(note, CommandFact))


def test_bare_stages_are_named_by_their_heading():
    note = """# Biology
## Cell division
Stages (PMT):
1. Prophase: chromosomes condense
2. Metaphase: chromosomes line up
3. Telophase: two nuclei form
"""
    assert [fact.name for fact in facts_of(note, SequenceFact)] == ["Cell division"]


def test_an_address_in_front_of_an_error_is_shown_and_is_no_part_of_its_identity():
    note = (
        "# 错误\n\n- 错误1\n软件源失效\n```bash\nhttp://repo.example.org/list.xml: [Errno 14] HTTPS Error 404 - Not Found\n```\n"
        "这是因为软件源已经失效，建议更换软件源\n"
    )
    [error] = facts_of(note, ErrorFact)
    assert error.shown == "http://repo.example.org/list.xml: [Errno 14] HTTPS Error 404 - Not Found"
    assert error.identity == ("[Errno 14] HTTPS Error 404 - Not Found",)


def test_an_error_has_message_cause_and_fix():
    note = """# Docker
## 常见错误
- 错误1
没有启动守护进程
```
Cannot connect to the Docker daemon at unix:///x.sock

# 启动守护进程
systemctl start docker
```
"""
    [error] = facts_of(note, ErrorFact)
    assert error.message == "Cannot connect to the Docker daemon at unix:///x.sock"
    assert (error.cause, error.fix, error.fix_command) == (
        "没有启动守护进程",
        "启动守护进程",
        "systemctl start docker",
    )


def test_rows_of_a_comparison_table_are_contrasts():
    note = (
        "# 进程与线程的区别\n| 对比项 | 进程 | 线程 |\n|---|---|---|\n"
        "| 内存 | 各自独立 | 共享 |\n| 空 | 同 | 同 |\n"
    )
    [contrast] = facts_of(note, ContrastFact)
    assert (contrast.first, contrast.second, contrast.dimension) == ("进程", "线程", "内存")
    assert (contrast.first_value, contrast.second_value) == ("各自独立", "共享")


def test_whether_options_go_together_is_not_believed():
    [caution] = facts_of("# Docker\n注意：--rm 和 -d 不能共用！\n", CautionFact, "unsure")
    assert caution.sentence == "--rm 和 -d 不能共用"


def test_links_to_commands_with_a_verb_behind_are_purposes():
    note = (
        "# Docker\n* [`docker stop`](u) stops a running container.\n"
        "* [`docker wait`](u) blocks until it stops.\n"
    )
    assert [(fact.name, fact.purpose) for fact in facts_of(note, CommandFact)] == [
        ("docker stop", "stops a running container"),
        ("docker wait", "blocks until it stops"),
    ]


def test_ids_and_placeholders_become_the_clients_words():
    note = (
        "# Docker\n```\n# 查看细节\ndocker inspect 612090a371f6\n# 停止容器\n"
        "docker stop -t xxx ID\n# 删除容器\n"
        "docker rm [OPTIONS] CONTAINER [CONTAINER...]\n```\n"
    )
    assert [fact.command for fact in facts_of(note, CommandFact)] == [
        "docker inspect NAME",
        "docker stop CONTAINER",
        "docker rm CONTAINER",
    ]


def test_an_example_is_a_whole_command_line():
    note = (
        "# Docker\n```\n# 启动网站\nsudo docker run -d \\\n  -p 80:80 nginx  # 很快\ndocker rm <name>\n```\n"
    )
    [example] = facts_of(note, ExampleFact)
    assert (example.command, example.source.lines) == ("docker run -d -p 80:80 nginx", (3, 5))


def test_options_in_a_table_belong_to_the_command_named_before():
    note = (
        "# Git\n`git reset` 的选项：\n\n| 选项 | 说明 |\n|---|---|\n"
        "| `--soft` | 只移动分支 |\n| `--hard` | 丢弃全部改动，默认为 off |\n"
    )
    flags = facts_of(note, FlagFact)
    assert [(fact.command, fact.flag, fact.meaning, fact.default) for fact in flags] == [
        ("git reset", "--soft", "只移动分支", ""),
        ("git reset", "--hard", "丢弃全部改动", "off"),
    ]


def test_no_name_stands_in_both_registries():
    assert not set(EXTRACTORS) & set(DERIVED)


@pytest.mark.parametrize(("sentence", "lacking"), [
    ("Brings cards back when they are due", True), ("Reads notes in Markdown", True),
    ("Processes run in parallel", False), ("Names must be unique", False), ("Lists of names are kept", False),
    ("Docker starts a container", False), ("`docker ps` lists containers", False),
])
def test_a_sentence_that_opens_with_its_verb_lacks_its_subject(sentence, lacking):
    assert lacks_subject(sentence) is lacking
