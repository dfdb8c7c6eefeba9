"""What the client's help knows fills in what a note uses and does not explain."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import CommandFact, FlagFact
from notes.grammar import commands, find_option
from notes.meanings import _chinese, meaning_of, purpose_of


def options(note: str) -> dict[str, str]:
    facts = read_note("n.md", note.encode()).facts
    return {
        f"{fact.command} {fact.flag}": fact.meaning
        for fact in facts
        if isinstance(fact, FlagFact) and fact.trust == "safe"
    }


def purposes(note: str) -> dict[str, str]:
    facts = read_note("n.md", note.encode()).facts
    return {fact.command: fact.purpose for fact in facts if isinstance(fact, CommandFact) and fact.trust == "safe"}


def test_an_option_used_without_a_word_is_explained_by_the_help():
    note = "# 日志\n看一看容器说了什么：\n```bash\ndocker logs -t web\n```\n"
    assert options(note) == {"docker logs -t": "在每行日志前显示时间戳"}


def test_the_notes_own_explanation_comes_first():
    note = "# 日志\n```bash\n# docker logs\n# -t 带上时间\ndocker logs -t web\n```\n"
    assert options(note) == {"docker logs -t": "带上时间"}


def test_a_swapped_caption_is_not_taught_but_the_command_is():
    note = "# 归档\n```bash\n# 导入\ndocker export web > web.tar\n```\n"
    assert purposes(note) == {"docker export CONTAINER": "把容器的文件系统导出为归档文件"}


def test_unknown_and_removed_options_stay_unexplained():
    assert options("# 搜索\n中文说明。\n```bash\ndocker search --stars 3 mysql\ndocker run --colour x\n```\n") == {}


def test_a_bare_list_of_commands_is_filled_in():
    note = "# 网络\n常用的命令：\n\n- `docker network ls`\n- `docker network rm`\n"
    assert purposes(note) == {"docker network ls": "列出网络", "docker network rm NETWORK": "删除网络"}


def test_english_notes_get_the_helps_own_words():
    note = "# Logs\nHere is what a container said.\n```bash\ndocker logs -f web\n```\n"
    assert options(note) == {"docker logs -f": "follow log output"}


def test_a_caption_on_something_else_than_the_option_is_not_believed():
    note = "# 镜像\n```bash\n# 查看镜像的详细信息\ndocker images --no-trunc\n\n# 查看镜像的摘要\ndocker images --digests\n```\n"
    assert "docker images --digests" in purposes(note)
    assert "docker images --no-trunc" not in purposes(note)


@pytest.mark.parametrize("row", _chinese())
def test_the_list_names_commands_and_options_that_exist(row):
    command, _, flag = row.partition(" -")
    assert command in commands()
    if flag:
        option = find_option(command, f"-{flag}")
        assert option is not None
        assert not option.removed
        assert meaning_of(command, f"-{flag}", "zh")
    else:
        assert purpose_of(command, "zh")


def test_a_service_is_named_by_the_line_that_starts_it():
    note = "# 服务\n```bash\n# 开启服务\nsystemctl start nginx\n```\n"
    assert purposes(note) == {"systemctl start nginx": "开启 nginx 服务"}


def test_a_sentence_that_says_what_a_command_does_gives_its_purpose():
    note = "# 空间\n\n`docker system df` 将显示各部分占用的空间。\n\n`docker ps` 会让人想起 `ps`。\n"
    assert purposes(note) == {"docker system df": "显示各部分占用的空间"}


def test_half_of_what_an_option_does_gives_way_to_the_whole():
    assert options("# 镜像\n```bash\n# docker images\n# -a 显示所有镜像\n```\n") == {
        "docker images -a": "显示所有镜像，包括中间层镜像"
    }


def test_a_rough_explanation_gives_way_to_the_list():
    listing = "# docker run [OPTIONS] IMAGE\n# -t 给 docker 开个终端\n# --rm 退出后自动删除（省得清理）\n# -e 传入变量\n"
    assert options(f"# 容器\n```bash\n{listing}```\n") == {
        "docker run -t": "分配一个伪终端",
        "docker run --rm": "容器退出后自动删除它",
        "docker run -e": "传入变量",
    }
