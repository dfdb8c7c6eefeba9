"""What is chosen for a bank and what stands beside a key."""

from __future__ import annotations

from dataclasses import replace

from notes.facts import PropertyFact
from quizzes.context import Context
from quizzes.distractors import alike, completed, other_commands, other_definitions, other_purposes, other_terms
from quizzes.distractors.texts import one_language
from quizzes.generate import generate
from quizzes.keywords import forms_of
from quizzes.kinds import KINDS
from tests.quizzes.facts import command, option, reading, term

PULLS = (
    command(1, "docker pull redis", "下载 redis:latest 镜像"),
    command(2, "docker pull redis:7.2", "下载 redis:7.2 镜像"),
    command(3, "docker pull hub.example.org:5000/redis", "从自己的仓库下载 redis 镜像"),
    command(4, "docker push web", "把镜像上传到仓库"),
    command(5, "docker save web", "把镜像存为归档"),
)


def test_a_line_that_does_what_another_is_asked_for_is_no_wrong_choice():
    context = Context([reading(PULLS)])
    assert "docker pull hub.example.org:5000/redis" not in other_commands(PULLS[0], context, "seed")
    assert "从自己的仓库下载 redis 镜像" not in other_purposes(PULLS[1], context, "seed")
    assert "下载 redis:latest 镜像" not in other_purposes(PULLS[2], context, "seed")


def test_lines_told_apart_by_their_tag_tempt():
    context = Context([reading(PULLS)])
    assert "docker pull redis:7.2" in other_commands(PULLS[0], context, "seed")


def test_commands_of_other_sections_alone_do_not_tempt():
    facts = tuple(
        replace(fact, source=replace(fact.source, heading=(heading,)))
        for fact, heading in (
            (command(1, "docker login", "登录仓库"), "仓库"),
            (command(2, "docker events", "查看实时事件"), "事件"),
            (command(3, "docker diff", "比较文件的改动"), "改动"),
            (command(4, "docker history", "回顾各层"), "各层"),
        )
    )
    assert other_purposes(facts[0], Context([reading(facts)]), "seed") == []


def test_a_fact_is_asked_once_for_one_thing_be_it_chosen_or_typed():
    facts = [
        option(place, f"-{letter}", "", meaning)
        for place, (letter, meaning) in enumerate(
            {"P": "随机映射端口", "p": "映射指定的端口", "d": "在后台运行", "e": "设置环境变量", "w": "设置工作目录"}.items(), 1
        )
    ]
    asked = [
        (question.facts, question.direction)
        for question in generate([reading(tuple(facts))]).questions
        if len(question.facts) == 1
    ]
    assert len(set(asked)) == len(asked)


def test_a_definition_with_its_own_term_is_asked_with_gaps():
    facts = (
        term(1, "快照", "Snapshot", "存储的照片，利用快照可以回到过去，快照与快照之间互不影响"),
        term(2, "克隆", "Clone", "一份完整的副本"),
        term(3, "备份", "Backup", "放在别处的数据"),
    )
    context = Context([reading(facts)])
    made = [question for question in KINDS["single_choice"].questions(facts, context) if question.answer == "快照"]
    assert [question.direction for question in made] == ["term"]
    assert "快照" not in made[0].prompt
    assert made[0].prompt.count("____") == 3


def test_a_state_may_be_typed_in_other_words():
    assert {"终止状态", "停止状态", "已停止", "退出状态"} <= set(forms_of("终止状态"))
    assert forms_of("SIGTERM") == ("SIGTERM",)


def test_the_bare_name_of_a_command_is_no_wrong_choice_for_a_line_of_it():
    facts = (
        command(1, "docker load", "从标准输入加载镜像"),
        command(2, "docker load < web.tar", "从文件里取回镜像"),
        *PULLS[3:],
        command(6, "docker export web", "导出容器的文件"),
    )
    assert "从标准输入加载镜像" not in other_purposes(facts[1], Context([reading(facts)]), "seed")


def test_what_also_cleans_up_is_no_wrong_choice():
    lines = (
        command(1, "docker network prune", "删除没有使用的网络"),
        command(2, "docker system prune", "删除没有使用的数据"),
        command(3, "docker volume prune", "删除没有使用的卷"),
        command(4, "docker network ls", "列出所有的网络"),
    )
    facts = tuple(replace(line, name=line.command) for line in lines)
    assert "docker system prune" not in other_commands(facts[0], Context([reading(facts)]), "seed")


def test_a_term_described_like_another_is_not_typed():
    facts = (
        term(1, "ADD", "", "把文件、目录或网址的内容复制到镜像里"),
        term(2, "COPY", "", "把文件或目录复制到镜像中"),
        term(3, "ENV", "", "设置以后各步都看得到的环境变量"),
    )
    made = KINDS["cloze"].questions(facts, Context([reading(facts)]))
    assert [question.answer for question in made] == [["ENV"]]


def test_words_in_brackets_and_common_words_are_no_gaps():
    source = PULLS[0].source
    sentence = "归档会把容器的文件写到标准输出（STDOUT，0.7 起），并且保留权限。"
    fact = PropertyFact(source, "zh", sentence, "safe", "归档", sentence, ("容器", "STDOUT", "0.7"))
    context = Context([reading((fact,))])
    for kind in ("cloze", "single_choice"):
        assert list(KINDS[kind].questions((fact,), context)) == []


def test_a_line_whose_own_option_does_what_is_asked_for_is_no_wrong_choice():
    facts = (
        command(1, "docker run --volumes-from data --name one redis", "新建容器并挂载数据卷"),
        command(2, "docker run -v /data --name two redis", "给数据库准备一个存放数据的容器"),
        *PULLS[3:],
        option(6, "-v", "--volume", "挂载一个数据卷"),
    )
    context = Context([reading(facts)])
    assert facts[1].command not in other_commands(facts[0], context, "seed")


def test_a_tag_next_to_han_letters_is_read():
    facts = (
        command(1, "docker pull redis", "下载redis:latest镜像"),
        command(2, "docker pull hub.example.org:5000/redis", "从自己的仓库下载redis镜像"),
        *PULLS[3:],
    )
    assert "下载redis:latest镜像" not in other_purposes(facts[1], Context([reading(facts)]), "seed")


def test_wrong_terms_come_from_the_list_of_the_key_and_from_nowhere_else():
    layers = [
        term(place, word, "", text)
        for place, (word, text) in enumerate(
            {"物理层": "在介质上传输比特流", "链路层": "在相邻节点间传输帧", "网络层": "为分组选择路由"}.items(), 1
        )
    ]
    codes = [
        replace(one, source=replace(one.source, heading=("网络", "状态码")))
        for one in (term(11, "301", "", "资源已永久移动到新地址"), term(12, "403", "", "服务器拒绝执行这个请求"))
    ]
    context = Context([reading((*layers, *codes))])
    assert sorted(other_terms(layers[0], context, "seed")) == ["网络层", "链路层"]
    assert sorted(other_definitions(layers[0], context, "seed")) == ["为分组选择路由", "在相邻节点间传输帧"]


def test_a_deed_with_something_added_is_no_other_deed_but_another_amount_is():
    assert alike("进入容器", "进入在后台运行的容器")
    assert not alike("列出容器", "列出全部已经停止运行的容器")
    assert alike("列出容器", "列出已经停止运行的容器")


def test_a_bare_name_stands_among_lines_with_its_operands():
    assert completed("docker attach") == "docker attach web"
    assert completed("docker import") == "docker import backup.tar"
    assert completed("docker build") == "docker build ."
    assert completed("docker ps") == "docker ps"
    assert completed("docker stop -t 5 web") == "docker stop -t 5 web"


def test_a_line_without_the_file_it_writes_is_not_typed():
    facts = (command(1, "docker export CONTAINER", "把文件系统写成归档"), command(2, "docker kill CONTAINER", "强制终止容器"))
    typed = KINDS["command"].questions(facts, Context([reading(facts)]))
    assert [question.answer for question in typed] == ["docker kill CONTAINER"]


def test_a_command_is_not_said_to_do_what_nobody_takes_it_for():
    facts = (command(1, "docker top redis", "看看里面跑着什么"), command(2, "docker wait web", "等到进程结束"))
    judged = KINDS["true_false"].questions(facts, Context([reading(facts)]))
    assert [question.answer for question in judged if question.facts == (facts[0].id,)] == [True]


def test_plain_words_are_no_gaps_except_where_the_note_marks_them_and_gaps_of_one_family_may_be_two():
    prose = PropertyFact(
        term(1, "x", "", "y").source, "zh", "t", "safe", "守护进程",
        "守护进程与主操作系统直接通信，并给沙箱环境分配所需要的各种资源。", ("主操作系统", "沙箱环境"),
    )  # fmt: skip
    signals = PropertyFact(
        prose.source, "zh", "t", "safe", "docker stop", "`docker stop` 先发送 SIGTERM 信号，等待之后再发送 SIGKILL 信号。",
        ("SIGTERM", "SIGKILL"),
    )  # fmt: skip
    marked = replace(prose, marked=True)
    facts = (prose, marked, signals)
    made = KINDS["cloze"].questions(facts, Context([reading(facts)]))
    assert [question.answer for question in made] == [["主操作系统"], ["SIGTERM", "SIGKILL"]]


def test_an_option_that_both_lines_have_may_be_all_that_is_asked_for():
    amend, quietly = (
        command(1, "git commit -a --amend", "修改上一次提交"),
        command(2, "git commit --amend --no-edit", "沿用原来的说明"),
    )
    only = (*(command(place, f"git {word}", text) for place, (word, text) in enumerate(OTHERS.items(), 3)), amend, quietly)
    assert quietly.command not in other_commands(amend, Context([reading(only)]), "seed")


OTHERS = {"stash": "保存还没有提交的修改", "fetch": "取回修改但不合并", "clean": "删除没有跟踪的文件", "show": "显示一个提交"}


def test_one_of_several_listed_things_is_not_typed():
    fact = PropertyFact(
        term(1, "x", "", "y").source, "zh", "t", "safe", "编辑器", "这种编辑器常见的有 Kakoune 和 Helix 两个实现。", ("Kakoune",)
    )
    assert list(KINDS["cloze"].questions((fact,), Context([reading((fact,))]))) == []


def test_a_bank_keeps_all_hands_of_sentences_under_one_heading():
    said = [
        PropertyFact(term(place, "x", "", "y").source, "zh", text, "safe", text[:2], text, ("只读",) if "只读" in text else ())
        for place, text in enumerate(
            (
                "快照自身是只读的一份数据。", "克隆由独立的文件组成。", "归档保存在另一台机器上。", "索引自身是只读的一张表。",
                "日志自身是只读的一串记录。", "缓存自身是只读的一块内存。", "分区由连续的扇区组成。", "配额限制了用户的用量。",
            ), 1,
        )
    ]  # fmt: skip
    hands = [question for question in generate([reading(tuple(said))]).questions if question.direction == "sentences"]
    assert len(hands) == 2
    assert hands[0].prompt == hands[1].prompt


def test_a_common_word_is_not_typed_into_a_short_sentence_but_a_name_is():
    at = term(1, "x", "", "y").source
    word = PropertyFact(at, "zh", "t", "safe", "应用", "每个程序都跑在自己的沙箱里，互不干扰，也不能越界。", ("沙箱",))
    name = PropertyFact(at, "zh", "t", "safe", "守护进程", "守护进程取代的程序叫做 KVM。", ("KVM",))
    made = KINDS["cloze"].questions((word, name), Context([reading((word, name))]))
    assert [question.answer for question in made] == [["KVM"]]


def test_an_option_without_its_command_is_no_sentence_to_judge():
    fact = PropertyFact(term(1, "x", "", "y").source, "zh", "t", "safe", "-d", "使用-d可以在后台运行。", ())
    assert list(KINDS["true_false"].questions((fact,), Context([reading((fact,))]))) == []


def test_a_sentence_in_another_language_is_no_wrong_choice_but_a_name_is():
    lines = (
        command(1, "sort -u names.txt", "去掉重复的行"),
        command(2, "sort -n ages.txt", "compare by the numbers in front"),
        command(3, "sort -r names.txt", "从大到小排列"),
        command(4, "sort -f names.txt", "不分大小写"),
    )
    assert set(other_purposes(lines[0], Context([reading(lines)]), "seed")) == {"从大到小排列", "不分大小写"}
    assert other_purposes(lines[1], Context([reading(lines)]), "seed") == []
    assert one_language("Hypervisor", "从操作系统")
    assert one_language("`docker run -d web sleep`", "在后台运行")


def test_signs_of_one_kind_are_choices_for_one_another():
    users = {"u": "文件的所有者", "g": "所属组", "o": "其他用户", "a": "所有人"}
    signs = users | {"r": "读取", "w": "写入", "x": "执行", "+": "加上权限"}
    facts = [term(place, sign, "", text) for place, (sign, text) in enumerate(signs.items(), 1)]
    context = Context([reading(tuple(facts))])
    assert set(other_definitions(facts[0], context, "seed")) == {"所属组", "其他用户", "所有人"}
    assert set(other_terms(facts[4], context, "seed")) == {"w", "x"}
    assert other_terms(facts[7], context, "seed") == []


def test_a_line_that_does_the_same_with_an_option_more_is_no_wrong_choice():
    plain, more = command(1, "git tag v1", "创建标签"), command(2, "git tag -a v1", "创建附注标签")
    others = (("git tag -d v1", "删除标签"), ("git branch v1", "创建分支"), ("git tag -l", "列出标签"))
    facts = (plain, more, *(command(place, *other) for place, other in enumerate(others, 3)))
    assert more.command not in other_commands(plain, Context([reading(facts)]), "seed")


def test_lines_of_the_keys_form_come_first():
    facts = (
        command(1, "docker top web", "查看容器里的进程"),
        command(2, "docker logs web", "查看容器的日志"),
        command(3, "docker port web", "查看容器的端口映射"),
        command(4, "docker inspect web", "查看容器的各项设置"),
        command(5, "docker version", "查看容器引擎的版本"),
    )
    found = other_commands(facts[0], Context([reading(facts)]), "seed")
    assert "docker version" not in found
    assert sum(line.endswith(" web") for line in found) >= 1
