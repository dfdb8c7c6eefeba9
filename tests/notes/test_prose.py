"""What prose and lists state, and what only looks like a statement; sentences are our own."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import ContrastFact, DefinitionFact, ErrorFact, Fact, PropertyFact


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
        (
            "# Locks\nThe `await` keyword pauses a task until the lock is free.\n",
            "await",
            "pauses a task until the lock is free",
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


@pytest.mark.parametrize(
    "note",
    [
        "# Tool\n## Changelog\n- `fetch`: add a flag for slow links\n- `build`: remove the old cache\n- `test`: skip the net\n",
        "# 工具\n## 更新日志\n- `fetch`：增加一个参数\n- `build`：删除旧的缓存\n- `test`：跳过网络\n",
        "# Tool\n> **Note**: Make sure you have a compiler of 2018 or newer.\n",
        "# Tool\nIn 2015, `dyn` is a normal identifier and can be used anywhere.\n",
    ],
)
def test_release_notes_and_advice_state_nothing_to_know(note):
    assert [fact for fact in read_note("n.md", note.encode()).facts if fact.trust == "safe"] == []


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


@pytest.mark.parametrize(
    ("note", "terms"),
    [
        (
            "# 通信\n## 设备\n- 网桥：连接两个网段的设备\n- 集线器：向所有端口转发信号的设备\n- 网关：转换协议的设备\n",
            {"网桥", "集线器", "网关"},
        ),
        (
            "# Rivers\n## Key terms\n- Delta: land that builds up at a mouth\n- Meander: a bend of a river\n"
            "- Ford = the place where one can cross\n",
            {"Delta", "Meander", "Ford"},
        ),
        (
            "# 成本\n机会成本（opportunity cost）：放弃的最好选择的价值\n沉没成本（sunk cost）：已经付出且收不回的成本\n",
            {"机会成本", "沉没成本"},
        ),
        (
            "# 代码\n## 状态码\n* 2xx:成功,请求已被处理\n* 3xx:重定向,需要换一个地址\n* 4xx:客户端出错,请求有误\n",
            {"2xx", "3xx", "4xx"},
        ),
        (
            "# 線程\n| 關鍵字 | 說明 |\n|---|---|\n| defer | 延遲到函式返回時執行 |\n| select | 同時等待多個通道 |\n",
            {"defer", "select"},
        ),
        ("##1.1 网络层\n网络层的作用是为分组选择路径~~~\n端口默认是 53\n", {"网络层"}),
    ],
)
def test_labels_with_like_siblings_are_defined_by_their_texts(note, terms):
    assert {fact.term for fact in facts_of(note, DefinitionFact)} == terms


@pytest.mark.parametrize(
    "note",
    [
        "# 战争\n- 时间：1840 年夏天\n- 直接原因：有人烧掉了货物\n- 结果：签订了一个条约\n",
        "# 集合\n## 两种列表的区别\n- 底层结构：一个使用的是动态的数组\n"
        "- 随机访问：一个支持高效的访问\n- 插入：另一个在两头都很快\n",
        "# Meeting\nDate: the first of May in the hall\nAuthor: a member of the board who writes\n",
    ],
)
def test_labels_of_aspects_are_no_terms(note):
    assert facts_of(note, DefinitionFact) == []


def test_the_full_form_of_an_abbreviation_is_no_sentence():
    note = "# Abc 笔记\n- ADF：Abc Def Form，Abc 的表格，包含两个词和一个点\n"
    assert facts_of(note, PropertyFact) == []


def test_what_holds_of_both_is_no_contrast():
    note = "# 甲乙\n## 甲\n## 乙\n甲比较的是地址，而乙默认也比较地址。\n"
    assert facts_of(note, ContrastFact) == []
