"""Placeholders become names, by their words and by the command's grammar, and ids do not notice."""

from __future__ import annotations

import re

import pytest

from notes import read_note
from notes.facts import CommandFact
from quizzes.context import Context
from quizzes.distractors import completed
from quizzes.generate import generate
from quizzes.names import in_words, named, noun


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("docker restart CONTAINER", "docker restart web"),
        ("docker network connect NETWORK CONTAINER", "docker network connect backend web"),
        ("docker commit CONTAINER REPOSITORY:tag", "docker commit web shop:v1"),
        ("docker cp CONTAINER:SRC_PATH now_path", "docker cp web:/data/app.log ."),
        ("docker build -t <name>:<tag> .", "docker build -t shop:v1 ."),
        ("docker push <username>/<image>:<tag>", "docker push alice/shop:v1"),
        ("docker run -v <主机目录>:<容器目录> <image>", "docker run -v /srv/data:/data nginx"),
        ("git checkout -b <新分支> <现有分支>", "git checkout -b feature main"),
        ("git reset --hard <远程/分支>", "git reset --hard origin/main"),
        ("git commit -m <message>", "git commit -m 'Fix the login page'"),
        ('git config --global user.name "[姓名]"', 'git config --global user.name "Li Hua"'),
        ("tar -zcvf [目标文件名].tar.gz [原文件名/目录名]", "tar -zcvf backup.tar.gz docs"),
        ("chmod 755 文件名", "chmod 755 notes.txt"),
        ("git log <origin/main>..<remote/main>", "git log origin/main..remote/main"),
        ("kubectl delete pod NAME", "kubectl delete pod web"),
        ("kubectl logs <pod-name> -n <namespace>", "kubectl logs web -n dev"),
        ("tar -xzf xxx.tar.gz", "tar -xzf backup.tar.gz"),
        ("docker stop container_name/container_id", "docker stop web"),
        ("docker logs <id/container_name>", "docker logs web"),
        ("docker cp 容器id:容器内路径 主机路径", "docker cp web:/data /srv/data"),
        ("docker run -d -p 主机端口:容器端口 --name 容器名 镜像名:标签", "docker run -d -p 8080:80 --name web nginx"),
        ("docker rename <容器名> <新容器名>", "docker rename web shop"),
        ("kubectl describe pod pod-name -n namespace-name", "kubectl describe pod web -n dev"),
        ("kubectl logs -f <pod> -c <container>", "kubectl logs -f web -c app"),
        ("kubectl rollout undo deployment/<name>", "kubectl rollout undo deployment/web"),
        ("kubectl apply -f <file.yaml>", "kubectl apply -f app.yaml"),
        ("git checkout {{branch_name}}", "git checkout feature"),
        ("git add [file(s)]", "git add notes.txt"),
        ("git log --author=<name>", "git log --author='Li Hua'"),
        ("find /path/to/directory -name '*.txt'", "find docs -name '*.txt'"),
        ("ln -s 源文件 链接名", "ln -s notes.txt latest.txt"),
        ("kill -s STOP PID", "kill -s STOP 1234"),
        ("docker rm [OPTIONS] CONTAINER", "docker rm web"),
    ],
)
def test_a_placeholder_becomes_a_name_of_its_kind(line, told):
    assert named(line).line == told


@pytest.mark.parametrize(
    "line",
    [
        "git reset HEAD",
        "cat README.md",
        "hostname",
        "find /etc/nginx -name nginx.conf",
        "mkdir -p a/{b,c}",
        "kill -s STOP %1",
        "docker run --cap-add SYS_ADMIN -e MODE=FAST nginx",
        "grep '[0-9]' app.log",
        "ls [a-z]*",
        "git commit -m '修复 登录'",
        "sort < names > sorted",
        "docker inspect -f '{{.State.Status}}' web",
    ],
)
def test_what_is_no_placeholder_stays(line):
    assert named(line).line == line


def test_a_word_that_only_says_name_is_told_by_the_command_or_the_purpose():
    assert named("docker inspect NAME", "查看镜像详细信息").line == "docker inspect nginx"
    assert named("docker inspect NAME", "show a network").line == "docker inspect backend"
    assert named("docker inspect NAME").line == "docker inspect web"
    assert named("docker pull NAME").line == "docker pull nginx"


def test_a_line_with_a_placeholder_nobody_understands_is_open_and_stays_whole():
    found = named("git bisect <whatsit> <branch>")
    assert found.is_open
    assert found.line == "git bisect <whatsit> <branch>"


def test_a_name_knows_its_kind_in_both_languages():
    [network, container] = named("docker network disconnect NETWORK CONTAINER").names
    assert (network.text, noun(network.kind, "zh"), noun(container.kind, "en")) == ("backend", "网络", "container")


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("排除 FILE 中列出的模式串", "排除指定文件中列出的模式串"),
        ("改变至目录 DIR", "改变至指定目录"),
        ("添加指定的 FILE 至归档", "添加指定文件至归档"),
        ("每隔 NUMBER 个记录显示进度", "每隔 N 个记录显示进度"),
        ("发送 SIGTERM 信号，显示镜像的 ID", "发送 SIGTERM 信号，显示镜像的 ID"),
        ("读取 `FILE` 中的名称", "读取 `FILE` 中的名称"),
    ],
)
def test_what_a_manual_writes_in_capitals_is_said_in_chinese(meaning, said):
    assert in_words(meaning) == said


def test_a_bare_name_is_completed_with_names():
    assert completed("docker attach") == "docker attach web"
    assert completed("docker top") == "docker top web"
    assert completed("docker pull") == "docker pull nginx"
    assert completed("docker images") == "docker images"


NOTE = """# Docker

```bash
# 启动容器
docker start <容器名>
# 重启容器
docker restart <容器名>
# 删除镜像
docker rmi <镜像名>
# 查看容器日志
docker logs <容器名>
# 把容器连接到网络
docker network connect <网络> <容器名>
```
"""


def test_names_change_no_id_and_leave_no_placeholder():
    reading = read_note("n.md", NOTE.encode())
    before = {fact.id for fact in reading.facts if isinstance(fact, CommandFact)}
    after = [fact for fact in Context([reading]).facts if isinstance(fact, CommandFact)]
    assert {fact.id for fact in after} <= before
    assert all(fact.written and "CONTAINER" not in fact.command and "<" not in fact.command for fact in after)
    shown = " ".join(f"{one.prompt} {one.choices} {one.answer} {one.answers}" for one in generate([reading]).questions)
    assert "docker network connect backend web" in shown
    assert not re.search(r"CONTAINER|IMAGE|NETWORK|[<〈]", shown)
