"""A name that says its meaning is no question, unless the wrong choices say it too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizzes.context import Context
from quizzes.distractors import other_commands, spelling
from quizzes.kinds import KINDS
from quizzes.telling import heard, lonely, plain, rivals, said, tells_meaning, tells_name
from tests.quizzes.facts import command, option, reading


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("--tail", "只显示日志末尾的若干行", {"末尾"}),
        ("docker volume rm", "删除数据卷", {"删除", "数据卷"}),
        ("IMAGE ID", "镜像的 ID", {"镜像", "id"}),
        ("SIGCONT", "继续", {"继续"}),
        ("--read-only", "mount the file system as read only", {"read", "only"}),
        ("docker rm", "deletes a container", {"delet"}),
        ("-v", "显示版本", set()),
        ("docker ps", "列出容器", set()),
        ("chmod", "改变文件的权限", set()),
    ],
)
def test_a_text_says_words_of_a_name_in_either_language(name, text, words):
    assert heard(name, text) == words


def test_a_placeholder_says_nothing_and_a_value_does():
    assert said("docker rm CONTAINER", "删除容器") == {"rm"}
    assert said("kill -s STOP PID", "让进程停下") == {"stop"}


def test_a_key_stands_out_unless_two_wrong_choices_say_as_much():
    assert tells_name("删除镜像", "docker rmi", ["docker save", "docker images", "docker rm"])
    assert not tells_name("删除镜像", "docker rmi", ["docker rm", "docker volume rm", "docker save"])
    assert tells_meaning("--tail", "只显示末尾几行", ["在每行前加上时间", "持续输出新行", "从某一时刻起"])
    assert not tells_meaning("--exclude-tag", "排除带标签的目录", ["排除带标签的文件", "只排除标签所指的目录", "恢复属性"])


def test_a_meaning_of_another_deed_is_no_rival():
    assert rivals("docker rm", "删除容器", "删除镜像")
    assert not rivals("docker rm", "删除容器", "查看容器")
    assert lonely("docker logs", "查看日志", ["查看进程", "导出文件系统"])
    assert plain("系统", "--system")


def test_an_option_is_asked_by_the_spelling_of_the_note_that_does_not_tell():
    fact = option(1, "--filter", "-f", "按条件过滤结果", "docker ps")
    assert spelling(fact) == "--filter"  # the note does not write the short one
    assert spelling(replace(fact, text="-f, --filter 按条件过滤结果")) == "-f"


LOGS = (
    option(1, "--tail", "", "只显示末尾的若干行", "docker logs"),
    option(2, "-f", "--follow", "持续输出新产生的内容", "docker logs"),
    option(3, "-t", "--timestamps", "在每行前显示时间戳", "docker logs"),
    option(4, "--since", "", "只看某一时刻起的内容", "docker logs"),
)


def test_an_option_that_says_its_meaning_is_typed_and_neither_chosen_nor_judged():
    context = Context([reading(LOGS)])
    assert [made for kind in ("single_choice", "true_false") for made in KINDS[kind].questions(LOGS[:1], context)] == []
    assert [made.answer for made in KINDS["cloze"].questions(LOGS[:1], context)] == [["--tail"]]
    assert list(KINDS["single_choice"].questions(LOGS[1:2], context))


def test_the_keys_own_line_with_one_thing_exchanged_tempts():
    archive = replace(command(1, "tar -czf notes.tar.gz notes", "把目录打包，以 gzip 压缩"), name="tar")
    mode = replace(command(2, "chmod g-w report.txt", "去掉所属组的写权限"), name="chmod")
    reset = command(3, "git reset --hard HEAD", "丢弃全部改动")
    context = Context([reading((archive, mode, reset))])
    assert {"tar -xzf notes.tar.gz notes", "tar -tzf notes.tar.gz notes"} & set(other_commands(archive, context, "seed"))
    for line in other_commands(mode, context, "seed"):
        assert line.startswith("chmod ")
        assert line.endswith(" report.txt")
    assert set(other_commands(reset, context, "seed")) == {"git reset --soft HEAD", "git reset --mixed HEAD"}


def test_an_option_is_not_exchanged_where_the_purpose_does_not_ask_for_it():
    name = command(1, "git config --global user.name Kim", "设置提交者的姓名")
    assert "git config --local user.name Kim" not in other_commands(name, Context([reading((name,))]), "seed")


def test_leaving_out_the_option_that_is_asked_for_tempts():
    everything = command(1, "docker ps -a", "查看所有容器")
    assert "docker ps" in other_commands(everything, Context([reading((everything,))]), "seed")


def test_the_small_print_of_a_manual_is_asked_once_and_never_typed():
    names = enumerate("abcdefghijklmnopqrstuvwxyz", 1)
    letters = [option(place, f"-{letter}", "", f"按第 {place} 种办法处理", "pack") for place, letter in names]
    small = option(30, "--sync-often", "", "每写一块就落到磁盘", "pack")
    context = Context([reading((*letters, small))])
    assert context.is_small_print(small)
    assert not context.is_small_print(letters[0])
    assert list(KINDS["cloze"].questions([small], context)) == []
    used = Context([reading((*letters, small), text="pack --sync-often a\npack --sync-often b")])
    assert [made.answer for made in KINDS["cloze"].questions([small], used)] == [["--sync-often"]]


def test_an_option_of_three_words_is_not_typed_from_memory():
    fact = option(1, "--no-delay-restore", "", "立即恢复属性", "pack")
    assert list(KINDS["cloze"].questions([fact], Context([reading((fact,))]))) == []


def test_what_the_client_lists_of_the_same_command_fills_up_the_choices():
    facts = (option(1, "-a", "--all", "显示所有容器", "docker ps"), option(2, "-q", "--quiet", "只显示编号", "docker ps"))
    for cast in (facts, (option(3, "-w", "--workdir", "设置工作目录"), *facts)):
        made = KINDS["single_choice"].questions(facts[1:], Context([reading(cast)]))
        choices = next(one.choices for one in made if one.direction == "meaning")
        assert len(choices) == 4
        assert "设置工作目录" not in choices
