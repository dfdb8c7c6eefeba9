"""Answers that were pasted with a prompt or typographic letters are judged as they stand, and told why they fail."""

from __future__ import annotations

import pytest

from quizzes.effects.pasted import foreign_letter, only_comments, pasted_prompt
from tests.quizzes.effects.test_compare import judge


@pytest.mark.parametrize(("script", "prompt"), [
    ("$ docker ps", "$"), ("  % git log", "%"), ("docker ps\nroot@lab:~# docker rm x", "root@lab:~#"),
    ("[ann@lab ~]$ ls", "[ann@lab ~]$"), (r"PS C:\work> docker ps", r"PS C:\work>"), ("root:~# docker images", "root:~#"),
    ("docker ps", ""), ("$cmd ps", ""), ("echo $ x", ""), ("docker tag a:b c:d # done", ""), ("x=$(docker ps -q)", ""),
])  # fmt: skip
def test_a_prompt_is_found_before_a_command_only(script: str, prompt: str) -> None:
    assert pasted_prompt(script) == prompt


@pytest.mark.parametrize(("script", "expected"), [
    ("# docker run redis", True), ("# docker pull redis\n\n# docker run redis", True),
    ("# docker pull redis\ndocker run redis", False), ("# I do not know", False), ("", False),
])  # fmt: skip
def test_an_answer_of_comments_alone_is_one_with_roots_prompt(script: str, expected: bool) -> None:
    assert only_comments(script) is expected


@pytest.mark.parametrize(("script", "letter"), [
    ("docker run –name x redis", "–"), ("docker run —rm redis", "—"), ("docker exec x sh -c “ls”", "“"),
    ("docker\u00a0ps", "\u00a0"), ("docker ps｜wc -l", "｜"), ("docker run -p 80：80 nginx", "："),
    ("docker\u200b ps", "U+200B"), ("\ufeffdocker ps", "U+FEFF"), ("git commit -m 修改（一）：完成", ""),
    ("docker run --name x redis", ""), ("docker exec x echo '“hi” – bye'", ""), ("docker ps # “all” – now", ""),
])  # fmt: skip
def test_letters_that_only_look_like_the_shells_are_found_outside_quotes(script: str, letter: str) -> None:
    assert foreign_letter(script) == letter


@pytest.mark.parametrize(("script", "language", "said"), [
    ("$ docker run redis", "en", "“$” at the start of a line is a prompt"),
    ("# docker run redis", "zh", "每行都以 # 开头"),
    ("```bash\ndocker run redis\n```", "en", "``` marks a block of code"),
    ("docker run –d redis", "en", "“–” is no sign of the shell"),
])  # fmt: skip
def test_a_failed_answer_is_told_what_was_pasted(script: str, language: str, said: str) -> None:
    verdict = judge(lambda engine: engine.run(), lambda engine: None, script=script, language=language)
    assert verdict.outcome == "wrong"
    assert said in verdict.feedback


def test_a_right_answer_is_not_told_of_a_comment() -> None:
    verdict = judge(lambda engine: engine.run(), lambda engine: engine.run(), script="# docker run x\ndocker run redis")
    assert verdict.outcome == "right"
    assert "#" not in verdict.feedback
