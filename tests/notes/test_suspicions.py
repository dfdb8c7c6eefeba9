"""What looks wrong is reported and never becomes a fact."""

from __future__ import annotations

import pytest

from notes import read_note
from notes.facts import CommandFact, ExampleFact, FlagFact


def listing(*lines: str) -> bytes:
    return ("# Docker\n```bash\n" + "\n".join(lines) + "\n```\n").encode()


@pytest.mark.parametrize(
    ("lines", "what", "found", "instead"),
    [
        (["docker imspect web"], "unknown command", "docker imspect", "docker inspect"),
        (["docker stop $(dokcer ps -q)"], "unknown command", "dokcer", "docker"),
        (["docker run --detatch nginx"], "unknown option", "docker run --detatch", "--detach"),
        (["docker search --automated nginx"], "removed option", "docker search --automated", ""),
        (["docker pull comcat"], "image name one letter off", "comcat", "tomcat"),
        (
            ["# 导入", "docker export web > a.tar"],
            "caption contradicts command",
            "导入: docker export web > a.tar",
            "",
        ),
        (
            ["docker logs -f --tail web"],
            "missing argument",
            "docker logs -f --tail web",
            "docker logs [OPTIONS] CONTAINER",
        ),
    ],
)
def test_a_wrong_line_is_reported(lines, what, found, instead):
    reading = read_note("n.md", listing(*lines))
    assert (what, found, instead) in [(row.what, row.found, row.instead) for row in reading.suspicions]


def test_a_wrong_command_is_not_a_safe_fact():
    note = listing(
        "# 查看容器", "docker imspect web", "# 导入", "docker export web > a.tar", "docker pull comcat"
    )
    facts = read_note("n.md", note).facts
    assert [
        fact
        for fact in facts
        if isinstance(fact, CommandFact | ExampleFact) and fact.trust == "safe" and fact.text
    ] == []
    taught = {fact.name: fact.purpose for fact in facts if isinstance(fact, CommandFact) and not fact.text}
    assert taught["docker export"] == "把容器的文件系统导出为归档文件"  # by the client's help, not by the caption


def test_an_option_the_client_does_not_have_is_no_fact():
    note = listing(
        "docker search nginx", "# --automated=false 只显示自动构建的镜像", "# --no-trunc=false 不截断输出"
    )
    flags = [fact for fact in read_note("n.md", note).facts if isinstance(fact, FlagFact)]
    assert [(fact.flag, fact.meaning, fact.default) for fact in flags] == [
        ("--no-trunc", "不截断输出", "false")
    ]


def test_a_misspelt_tool_inside_a_substitution_is_mended():
    facts = read_note("n.md", listing("# 停止所有容器", "docker stop $(dokcer ps -q)")).facts
    assert {fact.command for fact in facts if isinstance(fact, CommandFact | ExampleFact)} == {
        "docker stop $(docker ps -q)"
    }


def test_a_right_note_raises_no_suspicion():
    note = listing(
        "# 在后台运行网站",
        "docker container run -d --name web -p 80:80 nginx:latest",
        "# 列出镜像",
        "docker image ls -a",
    )
    assert read_note("n.md", note).suspicions == ()
