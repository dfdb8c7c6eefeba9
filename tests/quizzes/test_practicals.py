
"""Example lines become tasks that say their whole goal, or are left out with a reason."""

from __future__ import annotations

import pytest

from notes import read_note
from quizzes.context import Context
from quizzes.kinds import KINDS
from quizzes.practicals import NotATaskError, runs_of, task_of
from quizzes.questions import Question

TASKS = [
    ("docker run -it -d -p 8080:8080 tomcat", "docker run -d -p 8080:8080 --name web tomcat",
     "用 `tomcat` 镜像在后台启动一个名为 `web` 的容器，访问主机的 8080 端口即访问容器的 8080 端口。"),
    ("docker run -d -P tomcat", "docker run -d -P --name web tomcat",
     "用 `tomcat` 镜像在后台启动一个名为 `web` 的容器，把镜像声明公开的所有端口映射到主机的随机端口。"),
    ("docker run -t -i ubuntu /bin/bash", "docker run -dit --name box ubuntu /bin/bash",
     "用 `ubuntu` 镜像在后台启动一个名为 `box` 的容器，要求：保持标准输入打开并分配伪终端；在容器中运行 `/bin/bash`。"),
    ("docker stop -t xxx ID", "docker stop -t 3 web",
     "停止正在运行的容器 `web`：先让它自行退出，最多等待 3 秒，届时仍未退出再强制终止。"),
    ("docker kill ID", "docker kill web", "立即强制终止正在运行的容器 `web`，不等待它自行退出。"),
    ("docker rm -f CONTAINER", "docker rm -f web", "强制删除正在运行的容器 `web`，用一条命令完成。"),
    ("docker commit quiet_otter team/centos:tools", "docker commit web team/centos:tools",
     "把容器 `web` 当前的内容提交为新镜像 `team/centos:tools`。"),
    ("docker export ID > box.tar", "docker export web > box.tar",
     "把容器 `web` 的文件系统导出为当前目录下的归档文件 `box.tar`。"),
    ("cat box.tar | docker import - team/base:v2", "cat box.tar | docker import - team/base:v2",
     "把当前目录下的归档文件 `box.tar` 导入为镜像 `team/base:v2`。"),
    ("docker run -v /dbdata --name store ubuntu /bin/bash", "docker run -dit -v /dbdata --name store ubuntu /bin/bash",
     "用 `ubuntu` 镜像在后台启动一个名为 `store` 的容器，要求：在容器的 `/dbdata` 挂载一个匿名数据卷；"
     "保持标准输入打开并分配伪终端；在容器中运行 `/bin/bash`。"),
    ("sudo docker run --rm centos:latest", "docker run --rm centos echo hello",
     "用 `centos` 镜像运行一个容器，要求：容器退出后自动删除；在容器中运行 `echo hello`。"),
]  # fmt: skip
REASONS = {
    "docker run -d user/wordpress": "the sandbox has no image user/wordpress",
    "docker rmi -f $(docker images -qa)": "a task that deletes every image would teach a dangerous habit",
    "docker info": "docker info leaves nothing to compare",
    "docker run -p 主机端口:容器端口 nginx": "the port 主机端口:容器端口 is a placeholder",
    "docker stop a; docker rm a": "a task is made of exactly one Docker command",
    "ls -l": "no task is made of ls",
}


@pytest.mark.parametrize(("line", "reference", "prompt"), TASKS)
def test_a_line_becomes_a_task(line, reference, prompt):
    task = task_of(line, "zh")
    assert (task.reference, task.prompt) == (reference, prompt)


@pytest.mark.parametrize(("line", "reason"), REASONS.items())
def test_a_line_is_left_out_with_a_reason(line, reason):
    with pytest.raises(NotATaskError, match=None) as caught:
        task_of(line, "zh")
    assert str(caught.value) == reason


def test_english_tasks_name_every_goal():
    task = task_of("docker run -d --restart=always -e A=b -v data:/srv nginx", "en")
    assert task.prompt == (
        "Start a container named `web` from the image `nginx` in the background. Set its restart policy to `always`. "
        "Set the environment variable `A` to `b`. Mount the volume `data` at `/srv`."
    )


def test_the_other_container_is_made_as_the_note_makes_it():
    runs = runs_of(["docker run -d -v /dbdata --name dbdata training/postgres echo data"])
    task = task_of("docker run -d --volumes-from dbdata --name db1 training/postgres", "zh", runs)
    assert task.setup == (
        "docker run --name dbdata -v /dbdata training/postgres sh -c 'echo hello > /dbdata/hello.txt'"
    )


def test_a_stop_that_waits_has_something_to_wait_for():
    assert 'trap "" TERM' in task_of("docker stop --time 5 web", "zh").setup


SHELL_TASKS = [
    ("tar -zcvf /backup/site.tar.gz site/", "tar -czf site.tar.gz site",
     "把 `site` 打包成归档文件 `site.tar.gz`，并用 gzip 压缩。"),
    ("tar xvf a.tar -C out", "tar -xf a.tar -C out", "把归档文件 `a.tar` 解包到已有的目录 `out` 中。"),
    ("chmod u+x,go-w ./run.sh", "chmod u+x,go-w run.sh",
     "修改 `run.sh` 的权限：给所有者加上执行权限；去掉所属组和其他用户的写权限，其余权限不变。"),
    ("kill -9 PID", "kill -KILL $(cat server.pid)",
     "名为 `server` 的进程正在运行，它的进程号写在 `server.pid` 里。它不理会 SIGTERM。立即强制终止它。"),
    ("grep -n error app.log", "grep -n error app.log", "输出文件 `app.log` 中包含 `error` 的行，并显示行号。"),
    ("grep -rn \"关键字\" 目录名", "grep -rn error logs",
     "输出 `logs` 下（包括各级子目录）的所有文件中包含 `error` 的行，并显示行号。"),
    ("find . -name \"*.log\"", "find . -name '*.log'",
     "输出当前目录下（包括各级子目录）所有名称符合 `*.log` 的文件和目录的路径。"),
    ("cp -r 源目录 目标目录", "cp -r docs backup", "把目录 `docs` 复制为 `backup`。"),
    ("mv 原文件名 新文件名", "mv notes.txt report.txt", "把文件 `notes.txt` 改名为 `report.txt`。"),
    ("tar -zxvf 压缩包名.tar.gz", "tar -xzf backup.tar.gz", "把归档文件 `backup.tar.gz` 解包到当前目录。"),
    ("git checkout -b <分支>", "git checkout -b topic", "创建分支 `topic` 并切换过去。"),
    ("git checkout v1.x-staging", "git checkout v1.x-staging", "切换到已有的分支 `v1.x-staging`。"),
    ("git checkout lib/box.py", "git checkout -- lib/box.py",
     "丢弃工作区中 `lib/box.py` 尚未暂存的改动，其他文件的改动保留。"),
    ("git checkout lib/box.test.js", "git checkout -- lib/box.test.js",
     "丢弃工作区中 `lib/box.test.js` 尚未暂存的改动，其他文件的改动保留。"),
    ("git commit -m \"Fix it\"", "git commit -m 'Fix it'", "提交暂存区的内容，提交说明为 `Fix it`。"),
    ("git reset --soft HEAD^", "git reset --soft HEAD~1",
     "撤销当前分支上的最近一次提交（让分支回到前一个提交），它的改动保留在暂存区。"),
]  # fmt: skip
SHELL_REASONS = {
    "rm -rf /*": "a task that deletes everything would teach a dangerous habit",
    "cat a.txt | sort > b.txt": "a task is made of one plain command",
    "git commit": "the line opens an editor for the message",
    "git rebase -i HEAD~3": "the option -i of git rebase cannot be told in a task",
    "git show 1a2b3c4": "no task is made of git show",
    "git checkout v1.2.3": "the name may be a tag's or a branch's",
    "git rebase FETCH_HEAD": "FETCH_HEAD is no name that can be made for a task",
    "git revert 1a2b3c4": "the commit is named by what only the note's own repository has",
    "tar -zcf a.tar.bz2 docs": "the archive's name does not fit the way it is packed",
    "chmod u=rwx, g=rw file": "the blanks between the parts of the mode make the line wrong",
    "chmod 644": "chmod stands without a mode or without files",
    "find / -mtime +7": "the option -m of find cannot be told in a task",
    "tar --newer 2020 -cf a.tar docs": "the option --newer of tar cannot be told in a task",
}


@pytest.mark.parametrize(("line", "reference", "prompt"), SHELL_TASKS)
def test_a_line_without_docker_becomes_a_task(line, reference, prompt):
    task = task_of(line, "zh")
    assert (task.reference, task.prompt) == (reference, prompt)


@pytest.mark.parametrize(("line", "reason"), SHELL_REASONS.items())
def test_a_line_without_docker_is_left_out_with_a_reason(line, reason):
    with pytest.raises(NotATaskError) as caught:
        task_of(line, "en")
    assert str(caught.value) == reason


def test_the_setup_leaves_a_mode_undone():
    assert "chmod 644 run.sh" in task_of("chmod +x run.sh", "en").setup
    assert "chmod 600 notes.txt" in task_of("chmod 644 notes.txt", "en").setup


@pytest.mark.parametrize(
    "line", ["tar", "tar -f", "git", "git -C", "chmod", "kill", "grep -c", "ln a", "find -name", "sed", "'", "tar xf $A"]
)
def test_a_line_cut_short_is_left_out_and_never_fails_otherwise(line):
    with pytest.raises(NotATaskError):
        task_of(line, "en")


def tasks(note: str) -> list[str]:
    context = Context([read_note("n.md", note.encode())])
    asked = [one for one in KINDS["practical"].questions(context.facts, context) if isinstance(one, Question)]
    return [question.reference for question in asked]


def test_what_other_tools_do_on_the_way_is_no_task_of_a_note_about_one_tool():
    docker = "".join(f"```bash\ndocker {verb} web\n```\n" for verb in ("start", "stop", "kill", "pause", "unpause"))
    aside = "```bash\nrm old.repo\n```\n"
    assert "rm old.repo" in tasks(f"# 工具\n{aside}")
    assert not any("old.repo" in task for task in tasks(f"# Docker\n{docker}{aside}"))
    piped = tasks(f"# Docker\n{docker}```bash\ncat base.tar | docker import - team/base:v2\n```\n")
    assert any("docker import" in task for task in piped)
