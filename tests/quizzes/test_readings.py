"""What is concluded from outputs: the right rows, and nothing where the output does not tell."""

from __future__ import annotations

import pytest

from notes import read_note
from quizzes.context import Context
from quizzes.kinds import KINDS
from quizzes.questions import Question


def readings(*rows: str) -> dict[str, Question]:
    note = "# 笔记\n这是一份关于命令输出的笔记，用来练习读懂各种输出。\n```bash\n" + "\n".join(rows) + "\n```\n"
    context = Context([read_note("n.md", note.encode())])
    found = KINDS["output_reading"].questions(context.facts, context)
    return {question.direction: question for question in found if isinstance(question, Question)}


IMAGES = ("$ docker images", "REPOSITORY   TAG     IMAGE ID       CREATED       SIZE")


def test_the_largest_image_is_found_across_units():
    found = readings(
        *IMAGES,
        "alpha        v1      605c77e624dd   2 years ago   980MB",
        "beta         v1      c20987f18b13   2 years ago   1.5GB",
        "gamma        v1      beae173ccac6   2 years ago   9.9kB",
    )
    assert found["largest"].answer == "`beta:v1`"


def test_no_image_is_the_largest_where_two_are_about_as_large():
    found = readings(
        *IMAGES,
        "alpha        v1      605c77e624dd   2 years ago   1.4GB",
        "beta         v1      c20987f18b13   2 years ago   1.5GB",
        "gamma        v1      beae173ccac6   2 years ago   9.9kB",
    )
    assert "largest" not in found


def test_containers_are_counted_by_their_states_behind_a_blank_line():
    question = readings(
        "$ docker info", "Client:", " Debug Mode: false", "",
        "Server:", " Containers: 7", "  Running: 2", "  Paused: 1", "  Stopped: 4", " Images: 9", " Server Version: 26.1.5",
    )["counts"]  # fmt: skip
    assert question.answer == "共 7 个容器，2 个正在运行，1 个已暂停，4 个已停止"
    assert "Server Version" not in question.prompt
    assert len(set(question.choices)) == 4


DISKS = ("$ df -h", "Filesystem      Size  Used Avail Use% Mounted on", "udev            3.9G     0  3.9G   0% /dev")


def test_the_fullest_disk_is_the_one_nearly_used_up():
    found = readings(*DISKS, "/dev/vda1        40G   37G  1.1G  97% /", "/dev/vdb1       200G   80G  120G  40% /srv")
    assert found["fullest"].answer == "`/`"


def test_no_disk_is_nearly_full_at_half():
    assert not readings(*DISKS, "/dev/vda1        40G   20G   20G  50% /", "/dev/vdb1       200G   20G  180G  10% /srv")


PODS = (
    "$ kubectl get pods",
    "NAME      READY   STATUS             RESTARTS   AGE",
    "web-0     1/1     Running            0          3d",
)


def test_the_failing_pod_is_found_by_its_status():
    found = readings(
        *PODS, "api-0     0/1     CrashLoopBackOff   12         4m", "cache-0   1/1     Running            0          3d"
    )
    assert found["trouble CrashLoopBackOff"].answer == "`api-0`"


def test_nothing_is_asked_of_pods_that_all_run():
    assert not readings(
        *PODS, "api-0     1/1     Running            0          4m", "cache-0   1/1     Running            0          3d"
    )


@pytest.mark.parametrize(
    ("rows", "direction", "key"),
    [
        ((" M intro.txt", "M  main.c", "?? todo.txt"), "not staged", "`intro.txt`"),
        (("M  main.c", "?? todo.txt", "A  util.c"), "untracked", "`todo.txt`"),
    ],
)
def test_a_changed_file_is_told_by_its_letters(rows, direction, key):
    assert readings("$ git status -s", *rows)[direction].answer == key


RIGHTS = ("$ ls -l", "total 8", "-rwxr-x--- 1 root dev 1024 Mar  3 10:02 deploy.sh")


def test_the_group_s_rights_are_the_second_three_letters():
    question = readings("# 查看权限", *RIGHTS)["rights"]
    assert question.answer == "读取和执行"
    assert "什么都不能做" in question.choices
    assert "读取、写入和执行" in question.choices


def test_rights_are_asked_of_notes_on_rights_and_not_under_a_longer_list_of_them():
    assert not readings(*RIGHTS)
    assert not readings("# 查看权限", *RIGHTS[:2], RIGHTS[2].replace("--- 1", "---+ 1"))


def test_a_paused_container_is_not_said_to_run():
    found = readings(
        "$ docker ps",
        "CONTAINER ID   IMAGE   COMMAND   CREATED       STATUS                PORTS   NAMES",
        '3c4d5e6f7a8b   redis   "redis"   3 hours ago   Up 3 hours (Paused)           cache',
    )
    assert "state Up" not in found
