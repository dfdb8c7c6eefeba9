"""An explanation says why the key is right and what tempting choices stand for, in the notes' prose."""

from __future__ import annotations

import pytest

from notes import read_note
from quizzes.generate import generate
from quizzes.questions import Question
from quizzes.wording import WORDINGS

NOTE = """# Docker

## 选项
```bash
# docker run
# -P 随机映射端口
# -p 映射到指定的端口
# -e 设置环境变量
# -w 设置工作目录
docker run IMAGE
```

## 命令
```bash
# 查看容器里的进程
docker top IMAGE
# 查看容器的日志
docker logs web
# 停止容器
docker stop web
# 列出运行中的容器
docker ps
```

## 镜像
镜像自身是只读的，构建完成之后不再改变。
"""


@pytest.fixture(scope="module")
def bank() -> list[Question]:
    return list(generate([read_note("n.md", NOTE.encode())]).questions)


def test_a_command_is_explained_without_the_notes_slip(bank):
    told = [question.explanation for question in bank if "docker top" in question.explanation]
    assert told
    assert not any("docker top IMAGE" in text for text in told)


def test_wrong_options_are_told_apart_from_the_key(bank):
    asked = [question for question in bank if question.direction in ("flag", "meaning") and question.choices]
    assert asked
    assert all("的作用是" in question.explanation for question in asked)


def test_prose_is_quoted(bank):
    told = [question.explanation for question in bank if "只读" in question.prompt + question.explanation]
    assert any("镜像自身是只读的" in text for text in told)


@pytest.mark.parametrize(
    ("attribute", "prompt"),
    [
        ("Port", "Which port belongs to the service “SSH”?"),
        ("Commands", "Which commands belong to the service “SSH”?"),
        ("Stands for", "What does the service “SSH” stand for?"),
        ("Raised when", "Which entry under “Raised when” belongs to the service “SSH”?"),
    ],
)
def test_the_head_of_a_column_is_asked_as_what_it_is(attribute, prompt):
    assert WORDINGS["en"].row_value("Service", "SSH", attribute) == prompt


@pytest.mark.parametrize(
    ("attribute", "prompt"),
    [
        ("端口", "服务“SSH”的端口是下列哪一项？"),
        ("对价格的控制", "服务“SSH”对价格的控制是下列哪一项？"),
        ("是否加密", "服务“SSH”对应的“是否加密”是下列哪一项？"),
    ],
)
def test_the_head_of_a_chinese_column_is_asked_as_what_it_is(attribute, prompt):
    assert WORDINGS["zh"].row_value("服务", "SSH", attribute) == prompt


def test_a_task_tells_what_its_options_do():
    note = "# Docker\n```bash\n# 在后台启动容器\ndocker run -d -P --name web nginx\n```\n"
    [task] = [one for one in generate([read_note("n.md", note.encode())]).questions if one.kind == "practical"]
    assert "`-d`：" in task.explanation
    assert "`-P`：" in task.explanation


def test_a_topic_is_set_like_the_prompt_behind_it():
    assert WORDINGS["zh"].within("必修 一 · Linux命令", "问？") == "【必修一 · Linux 命令】问？"


def test_a_tools_name_stands_in_the_sentence_that_asks_and_before_a_statement_in_brackets():
    assert WORDINGS["zh"].within("vim", "“删除一行”说的是哪个术语？") == "在 vim 中，“删除一行”说的是哪个术语？"
    assert WORDINGS["zh"].within("docker", "“层”指的是：改动。") == "在 Docker 中，“层”指的是：改动。"
    assert WORDINGS["zh"].within("vim", "光标停在行首。") == "【vim】光标停在行首。"
    assert WORDINGS["zh"].within("容器", "下列哪一项是对“层”的正确描述？").startswith("【容器】")
    assert WORDINGS["en"].within("vim", "Which of these deletes a line?") == "In vim, which of these deletes a line?"
    assert WORDINGS["en"].within("vim", "The cursor moves.") == "[vim] The cursor moves."


def test_an_instruction_belongs_to_its_file_and_not_to_the_program():
    rows = ("- `RUN`：在新的一层里执行命令", "- `COPY`：复制主机的文件", "- `USER`：设置之后的用户", "- `ENV`：设置环境变量")
    note = "\n".join(("# Docker", "## Dockerfile", *rows, ""))
    asked = [one.prompt for one in generate([read_note("n.md", note.encode())]).questions if "“RUN”" in one.prompt]
    assert asked
    assert all("Dockerfile" in prompt for prompt in asked)
