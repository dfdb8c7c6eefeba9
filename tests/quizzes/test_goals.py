"""A typed command is asked by its whole goal, and the goal takes every line that reaches it."""

from __future__ import annotations

import re

import pytest

from notes import read_note
from quizzes.commands import same_command
from quizzes.context import Context
from quizzes.goals import _read, goal_of
from quizzes.kinds import KINDS
from quizzes.leaks import leaks
from quizzes.names import Name, named
from quizzes.questions import Question

NOTE = """# Tools

```bash
# {purpose}
{line}
```
"""


def typed(line: str, purpose: str = "处理它们") -> Question:
    context = Context([read_note("n.md", NOTE.format(line=line, purpose=purpose).encode())])
    [question] = KINDS["command"].questions(context.facts, context)
    return question


def right(question: Question, answer: str) -> bool:
    return KINDS["command"].check(question, answer).outcome == "right"


@pytest.mark.parametrize(
    ("line", "purpose", "names", "good", "bad"),
    [
        ("docker stop <容器名>", "停止容器", ["`web`", "SIGTERM"],
         ["docker container stop web", "docker stop --time 10 web", "sudo docker stop web"],
         ["docker kill web", "docker stop nginx"]),
        ("docker rm <容器名>", "删除容器", ["`web`", "已停止"],
         ["docker container rm web", "docker rm -f web"], ["docker rmi web", "docker rm -v web"]),
        ("docker rm -f <容器名>", "强制删除容器", ["`web`", "正在运行"],
         ["docker container rm --force web"], ["docker rm web"]),
        ("docker run -it ubuntu /bin/bash", "运行镜像", ["`ubuntu`", "`/bin/bash`", "交互"],
         ["docker run --interactive --tty ubuntu /bin/bash", "docker container run -t -i ubuntu:latest /bin/bash"],
         ["docker run ubuntu /bin/bash", "docker run -d ubuntu /bin/bash"]),
        ("docker tag <旧镜像> <新镜像>", "添加标签", ["镜像 `nginx` 再加一个名称 `shop:v1`"],
         ["docker image tag nginx shop:v1", "docker tag nginx:latest shop:v1"], ["docker tag shop:v1 nginx"]),
        ("docker cp <容器名>:<file_path> .", "复制文件", ["`web`", "`/data/app.log`", "当前目录"],
         ["docker cp web:/data/app.log ./", "docker container cp web:/data/app.log $(pwd)"], ["docker cp . web:/data/app.log"]),
        ("git checkout -b <分支>", "创建并切换到新分支", ["`feature`", "切换"],
         ["git switch -c feature", "git switch --create feature"], ["git branch feature", "git checkout feature"]),
        ("git checkout HEAD <文件>", "丢弃特定文件的更改", ["`notes.txt`", "暂存区和工作区"],
         ["git checkout HEAD -- notes.txt", "git restore -SW notes.txt",
          "git restore --source=HEAD --staged --worktree notes.txt"],
         ["git restore HEAD notes.txt", "git checkout -- notes.txt", "git restore notes.txt"]),
        ("git commit -am '消息'", "跳过暂存并带消息提交", ["`消息`"],
         ['git commit -a -m "消息"', "git commit --all --message=消息"], ["git commit -m '消息'"]),
        ("git commit -a", "提交所有跟踪文件的更改", ["已跟踪"], ["git commit --all"], ["git commit", "git commit -a -m x"]),
        ("tar -zcvf [目标文件名].tar.gz [目录名]", "打包并压缩", ["`docs`", "`backup.tar.gz`", "gzip"],
         ["tar czf backup.tar.gz docs", "tar -czvf backup.tar.gz ./docs", "tar -caf backup.tar.gz docs"],
         ["tar -cvf backup.tar.gz docs", "tar -cjf backup.tar.gz docs"]),
        ("tar -xf site.tar", "解包归档文件", ["`site.tar`"], ["tar xvf site.tar"], ["tar -xzf site.tar", "tar -tf site.tar"]),
        ("tar -xf site.tar.gz", "解包归档文件", ["`site.tar.gz`"], ["tar xzvf site.tar.gz"], ["tar -xjf site.tar.gz"]),
        ("kill -9 PID", "强制终止进程", ["`1234`"], ["kill -KILL 1234", "kill -s SIGKILL 1234"], ["kill 1234", "kill -15 1234"]),
        ("chmod --reference=./1.log ./test.log", "根据其他文件的权限设置文件权限", ["把 `test.log`", "与 `1.log`"],
         ["chmod --reference=1.log test.log", "chmod --reference 1.log test.log"], ["chmod --reference=test.log 1.log"]),
        ("docker run -d --name <容器名> -p 8080:80 nginx", "启动容器", ["`web`", "`8080`", "`80`", "`nginx`"],
         ["docker run -d -p 8080:80 --name=web nginx",
          "docker container run --detach --publish 8080:80/tcp --name web nginx:latest"],
         ["docker run -d -p 80:8080 --name web nginx", "docker run -p 8080:80 --name web nginx"]),
        ("head -n 20 <文件名>", "查看文件前 20 行", ["前 `20` 行"],
         ["head -20 notes.txt", "head --lines=20 ./notes.txt"], ["tail -n 20 notes.txt"]),
        ("cp -r 源目录 目标目录", "复制目录", ["`docs`", "`photos`"],
         ["cp -R docs photos", "cp -a docs photos"], ["cp docs photos", "cp -r photos docs"]),
        ("kubectl scale deployment <name> --replicas=3", "修改副本数", ["`web`", "`3`"],
         ["kubectl scale --replicas=3 deployment web", "kubectl scale deployment/web --replicas=3"],
         ["kubectl scale deployment web --replicas=2"]),
        ("kubectl get pods", "查看所有 Pod", ["命名空间"], ["kubectl get po"], ["kubectl get nodes"]),
    ],
)  # fmt: skip
def test_the_goal_leaves_one_answer_in_all_its_forms(line, purpose, names, good, bad):
    question = typed(line, purpose)
    assert all(name in question.prompt for name in names), question.prompt
    assert [answer for answer in good if not right(question, answer)] == []
    assert [answer for answer in bad if right(question, answer)] == []
    assert right(question, question.answer)


@pytest.mark.parametrize(
    ("line", "said", "by_ending"),
    [
        ("tar -czf docs.tgz docs", "gzip", True),
        ("tar -caf docs.tar.xz docs", "xz", True),
        ("tar -cjf docs.tar.bz2 docs", "bzip2", True),
        ("tar -czf docs.tar docs", "gzip", False),
    ],
)
def test_tar_finds_the_compression_by_the_ending_where_there_is_one(line, said, by_ending):
    goal = goal_of(line, (), "en")
    assert goal.text.endswith(f"compressed with {said}")
    assert any(" -a " in form for form in goal.lines) == by_ending


def chosen(note: str, command: str) -> Question:
    context = Context([read_note("n.md", note.encode())])
    asked = [one for one in KINDS["single_choice"].questions(context.facts, context) if isinstance(one, Question)]
    [question] = [one for one in asked if one.direction == "command" and one.answer == f"`{command}`"]
    return question


def test_a_choice_of_commands_is_asked_by_the_goal_when_no_name_points_at_the_key():
    lines = "".join(
        f"# {purpose}\ndocker {verb} <容器名>\n"
        for verb, purpose in (("stop", "关掉容器"), ("kill", "杀死容器"), ("pause", "冻结容器"), ("wait", "等容器结束"))
    )
    question = chosen(f"# Docker\n```bash\n{lines}```\n", "docker pause web")
    assert question.prompt == "要冻结容器 `web` 里的所有进程，以后还能接着运行，应执行哪条命令？"
    assert sum("web" in choice for choice in question.choices) == len(question.choices)


def test_a_goal_asks_for_the_object_by_its_kind():
    assert "镜像 `nginx`" in goal_of(*_named("docker inspect NAME", "查看镜像"), "zh").text
    assert "容器 `web`" in goal_of(*_named("docker inspect NAME", "查看容器"), "zh").text
    assert goal_of("docker inspect app", (), "zh") is None


def _named(line: str, purpose: str):
    found = named(line, purpose)
    return found.line, found.names


def test_forms_are_listed_for_programs_that_compare_texts():
    question = typed("docker rmi -f <镜像名>", "强制删除镜像")
    assert {"docker image rm -f nginx", "docker rmi --force nginx"} <= set(question.answers[0])


def test_a_tool_that_is_the_whole_answer_is_not_named():
    question = typed("gunzip [文件名].tar.gz", "解压文件")
    assert "gunzip" not in question.prompt
    assert right(question, "gzip -d backup.tar.gz")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_goal_gives_the_command_away(language):
    rows = [row for other, row in _read() if not other]
    assert len(rows) > 150
    named_tools = [row for row in rows if row.line.name.count(" ") and not row.line.options]
    told = [(row.line.name, re.sub(r"\{[^}]*\}", "", row.texts[language])) for row in named_tools]
    given_away = [name for name, text in told if leaks(text, name.split(" ")[-1])]
    assert given_away == (["docker images"] if language == "en" else [])


_WORDS = {
    "NUMBER": "3", "SECONDS": "3", "PID": "77", "JOB": "1", "COMMIT": "4f2a9c1", "MODE": "640", "UPSTREAM": "origin/main",
    "HOSTPORT": "8080", "PORT": "80",
    "FILE": "a.txt", "OTHER": "b.txt", "PATH": "docs", "ARCHIVE": "a.tar",
}  # fmt: skip
_WORD = re.compile(r"\b(?!(?:HEAD|KILL|TERM|STOP|CONT|SIG[A-Z]+)\b)[A-Z]{2,}!?")


@pytest.mark.parametrize("row", [row for other, row in _read() if not other], ids=lambda row: row.lines[0])
def test_a_goal_is_reached_by_its_own_line(row):
    line = _WORD.sub(lambda found: _WORDS.get(found.group().strip("!"), "web"), row.lines[0])
    kind = "image" if "IMAGE!" in row.lines[0] else "container"
    goal = goal_of(line, (Name(kind, "web"),) if "!" in row.lines[0] else (), "zh")
    assert goal is not None
    assert not re.search("[{}]", goal.text)
    assert any(same_command(line, form) for form in goal.lines)
