# ruff: noqa: E501 - a sentence stays on its line
"""Tasks on tags."""

from __future__ import annotations

from notes.facts import Language
from quizzes.practicals.git.repositories import START, message_of, one_name, repository
from quizzes.practicals.lines import PlainLine, is_open
from quizzes.practicals.naming import say
from quizzes.practicals.parts import NotATaskError, Task


def tag(line: PlainLine, language: Language) -> Task:
    if line.has("d"):
        name = one_name(line, "v1.0")
        return Task(say(language, f"删除标签 `{name}`。", f"Delete the tag `{name}`."), repository(f"git tag {name} && git tag v0.9"), f"git tag -d {name}", "")
    if line.has("n", "l"):
        raise NotATaskError("such a list of tags cannot be told in a task")
    if not line.operands:
        if line.options:
            raise NotATaskError("the line does not name the tag")
        return Task(say(language, "列出所有标签的名称。", "List the names of all tags."), repository("git tag v1.0 && git tag v0.9 HEAD~1"), "git tag", "")
    name = one_name(line, "v1.0")
    if line.has("a", "m"):
        if not line.has("m"):
            raise NotATaskError("the line opens an editor for the message")
        message = message_of(line.value("m")) if not is_open(line.value("m")) else "First release"
        text = say(language, f"在最近一次提交上创建附注标签 `{name}`，说明为 `{message}`。", f"Make the annotated tag `{name}` at the last commit, with the message `{message}`.")
        return Task(text, START, f"git tag -a {name} -m '{message}'", "")
    return Task(say(language, f"在最近一次提交上创建轻量标签 `{name}`。", f"Make the light tag `{name}` at the last commit."), START, f"git tag {name}", "")
