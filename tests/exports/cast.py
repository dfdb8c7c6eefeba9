"""A small cast of questions: one of every kind, in English and Chinese, and texts that hurt."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from exports.base import Deck
from notes.facts import Source
from quizzes.questions import Evidence, Question

SOURCE = Source("shipping.en.md", ("Shipping", "Ports"), (12, 14))


def question(kind: str, prompt: str, answer: object, **more: object) -> Question:
    """Make a question; its id says its kind and prompt."""
    values: dict[str, object] = {
        "id": hashlib.sha256(f"{kind}{prompt}".encode()).hexdigest()[:16], "kind": kind, "language": "en",
        "prompt": prompt, "answer": answer, "explanation": "Because `-p` takes a host port.",
        "source": SOURCE,
        "facts": ("0123456789abcdef",), "direction": "meaning", "difficulty": "recall",
        "topics": ("Shipping", "Ports"),
    }
    return Question(**{**values, **more})  # type: ignore[arg-type]


EVIDENCE = Evidence("Docker 26.1.5", ("docker run -d -P web", "docker port web"), "80/tcp -> 0.0.0.0:32768",
                    "2026-11-24")

SINGLE = question("single_choice", "What does `-P` of `docker run` do?",
                  "publishes every exposed port",
                  choices=("publishes one port", "publishes every exposed port", "pauses it",
                           "prints its ports"),
                  evidence=EVIDENCE, proof="docker run -d -P web\n! docker port web | grep ':80$'")
TRUE = question("true_false", "An image can be written to.", False)
CLOZE = question("cloze", "`docker run ____ 8080:80 web` publishes on host port ____.", ["-p", "8080"],
                 answers=(("-p", "--publish"), ("8080",)))
COMMAND = question("command", "Start `web` in the background.", "docker run -d web",
                   answers=(("docker run -d web", "docker run --detach web"),))
ORDERING = question("ordering", "From the bottom up:", ["hardware", "kernel", "engine", "container"],
                    choices=("kernel", "container", "hardware", "engine"))
MATCHING = question("matching", "Which is which?", {"-p": "one port", "-P": "all ports", "-d": "background"},
                    choices=("background", "one port", "all ports"))
MULTIPLE = question("multiple_answers", "Which remove something?", ["docker rm", "docker rmi"],
                    choices=("docker rm", "docker ps", "docker rmi", "docker run"))
OUTPUT = question("output_reading",
                  "Look:\n\n```console\n$ docker ps -q\n4c01db0b339c\n```\n\nHow many run?", "one",
                  choices=("none", "one", "two"))
ERROR = question("error_diagnosis", "Why?\n```\nError: port is already allocated\n```", "the port is taken",
                 choices=("the port is taken", "no such image"))
PRACTICAL = question("practical", "Run `web` on host port 8080.", "docker run -d -p 8080:80 web",
                     setup="docker pull web", reference="docker run -d -p 8080:80 web", compare=("ports",))
CHINESE = question("single_choice", "`docker stop` 首先发送哪个信号？", "SIGTERM", language="zh",
                   choices=("SIGTERM", "SIGKILL", "SIGHUP"),
                   explanation="先发 SIGTERM，10 秒后再发 SIGKILL。",
                   source=Source("容器 基础.zh.md", ("容器", "停止 容器"), (3, 3)),
                   topics=("容器", "停止 容器"))

CAST = (SINGLE, TRUE, CLOZE, COMMAND, ORDERING, MATCHING, MULTIPLE, OUTPUT, ERROR, PRACTICAL, CHINESE)

NASTY = (
    "{{.Names}}", "}}", "{{", "a}", "::", ":", "Net::HTTP.get", "ping -6 ::1", "<container>",
    "cat <file> && ls", "a < b > c", "&amp;", "&lt;x&gt;", "[sound:x.mp3]", "[latex]x[/latex]", "[$]x[/$]",
    "[anki:tts]", r"\(x\)", r"\[x\]", r"sed 's/\(a\)/\1/'", "${HOME}", "${A:-b}", "$(date)", "arr[1]",
    "日本[にほん]", "{{c1::x}}", "{{c0::}}", "{{Front}}", "#x", "/y", "!z", '"quoted"', "it's", "a  b",
    "x\u200by", r"back\slash", "~x", "=x", "%50%", "-> x", "// no comment", "$CATEGORY: x", "::title::",
    "<!-- x -->", "<script>alert(1)</script>", "]]>", "*", "a*b", "{1:SHORTANSWER:=x}", "_x_", "容器 <名字>",
    "--format '{{.Names}}: {{.Status}}'", "\\", "`tick`", "😀", "a\tb", "{", "}", r"\}", "a\\", "T", "F",
    "TRUE",
)


def nasty_questions(text: str) -> tuple[Question, ...]:
    """Put one text into every place of a question of every kind."""
    named = f"Case {text}"
    return (
        question("command", f"Type {named}", text, explanation=text, answers=((text, f"{text} -x"),)),
        question("command", f"Type ten {named}", text + "x" * 10_000, answers=((text,),)),
        question("cloze", f"Gap {named}: `docker ____ x` and ____", [text, "b"],
                 answers=((text, "z"), ("b",))),
        question("cloze", f"Gap {named}:\n```bash\nls ____ {text}\n```", [text]),
        question("single_choice", f"Choose {named} `{text}`", text,
                 choices=(text, "another one", f"<b>{text}</b>")),
        question("true_false", f"True {named}", True, topics=(text, "A B"), explanation=text),
        question("ordering", f"Order {named}", [text, "second", "third"], choices=("second", text, "third")),
        question("matching", f"Match {named}", {text: "one x", "two": f"{text} y", "three": "three"}),
        question("multiple_answers", f"All {named}", [text, "2nd"], choices=("no", "2nd", text)),
        question("practical", f"Do {named}", text, reference=text, setup=text),
        question("output_reading", f"Read {named}\n```console\n$ echo\n{text}\n```\nWell?", text,
                 choices=(text, "no!")),
    )


def deck(*questions: Question, **more: object) -> Deck:
    """Make a deck, of the whole cast when no question is given."""
    values: dict[str, object] = {"title": "Docker", "language": "en", "uid": "library-1"}
    return Deck(questions=questions or CAST, **{**values, **more})  # type: ignore[arg-type]


def reworded(question: Question, **changes: object) -> Question:
    """Give the same question, its id kept, with other content."""
    return replace(question, **changes)  # type: ignore[arg-type]
