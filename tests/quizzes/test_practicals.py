
"""Example lines become tasks that say their whole goal, or are left out with a reason."""

from __future__ import annotations

import pytest

from quizzes.practicals import NotATaskError, runs_of, task_of

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
    ("docker commit frosty_tereshkova new/centos:v4", "docker commit web new/centos:v4",
     "把容器 `web` 当前的内容提交为新镜像 `new/centos:v4`。"),
    ("docker export ID > xx.tar", "docker export web > xx.tar", "把容器 `web` 的文件系统导出为当前目录下的归档文件 `xx.tar`。"),
    ("cat xx.tar | docker import - test/ubuntu:v1", "cat xx.tar | docker import - test/ubuntu:v1",
     "把当前目录下的归档文件 `xx.tar` 导入为镜像 `test/ubuntu:v1`。"),
    ("sudo docker run --rm centos:latest", "docker run --rm centos echo hello",
     "用 `centos` 镜像运行一个容器，要求：容器退出后自动删除；在容器中运行 `echo hello`。"),
]  # fmt: skip
REASONS = {
    "docker run -d user/wordpress": "the sandbox has no image user/wordpress",
    "docker rmi -f $(docker images -qa)": "a task that deletes every image would teach a dangerous habit",
    "docker info": "docker info leaves nothing to compare",
    "docker run -p 主机端口:容器端口 nginx": "the port 主机端口:容器端口 is a placeholder",
    "ls -l": "a task is made of exactly one Docker command",
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
