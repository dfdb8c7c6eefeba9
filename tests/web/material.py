"""A small course with one question of each kind, written by hand: the pages are tested apart from the generator."""

from __future__ import annotations

from notes.facts import Source
from quizzes.questions import Evidence, Question, Response

FILE = "ports.md"
NOTE = """\
# Docker: ports and the life of a container

## Ports

By default no port of the host leads into a container.
`-p HOST:CONTAINER` ties one port of the host to one port of the container.
`-P` differs: it picks a free host port for every port the image exposes.
`docker port NAME` lists what is really open.

## Life

A container is made by `docker create`, begins with `docker start`,
ends with `docker stop` and goes away with `docker rm`.
An image is read-only; each container adds one writable layer.
`docker stop` sends SIGTERM, waits 10 seconds, then sends SIGKILL.

```bash
$ docker run -d --name web -p 8080:80 site:1
$ docker ps
```

States: created, running, paused, exited.
`docker pause` freezes, `docker unpause` goes on.
"""
EVIDENCE = Evidence("Docker 26.1.5", ("docker run -d --name web -p 8080:80 site:1", "docker port web"),
                    "80/tcp -> 0.0.0.0:8080", "2026-11-20T09:14:00+00:00")


def question(number: int, kind: str, prompt: str, answer: Response, lines: tuple[int, int], **more: object) -> Question:
    fields: dict[str, object] = {
        "id": f"{number:016x}", "kind": kind, "language": "en", "prompt": prompt, "answer": answer,
        "explanation": f"Explanation of number {number}: see `docker --help`.", "facts": (f"{number:016x}",),
        "source": Source(FILE, ("Docker", "Ports" if lines[0] < 10 else "Life"), lines), "direction": "meaning",
        "difficulty": "recall", "topics": ("Docker", "Ports" if lines[0] < 10 else "Life"),
    }
    return Question(**{**fields, **more})  # type: ignore[arg-type]


QUESTIONS = (
    question(1, "single_choice", "Which option of `docker run` picks a free host port for every exposed port?",
             "Publishes with `-P`", (7, 7),
             choices=("Publishes with `-p`", "Publishes with `-P`", "`--expose 80`", "`--link web`"),
             evidence=EVIDENCE),
    question(2, "true_false", "An image is read-only <b>and</b> `containers` add one layer.", True, (14, 14)),
    question(3, "cloze", "`docker stop` sends ____ first, waits, then sends ____.", ["SIGTERM", "SIGKILL"], (15, 15),
             answers=(("SIGTERM", "TERM"), ("SIGKILL", "KILL"))),
    question(4, "command", "List the ports of the container `web` that are really open.", "docker port web", (8, 8),
             answers=(("docker port web", "docker container port web"),)),
    question(5, "ordering", "Put the commands in the order of a container's life.",
             ["docker create", "docker start", "docker stop", "docker rm"], (12, 13),
             choices=("docker stop", "docker create", "docker rm", "docker start")),
    question(6, "multiple_answers", "Which of these are states of a container?", ["created", "paused"], (22, 22),
             choices=("created", "melted", "paused", "boxed")),
    question(7, "matching", "Match each command with what it does.",
             {"docker pause": "freezes it", "docker unpause": "lets it go on"}, (23, 23),
             choices=("lets it go on", "freezes it")),
    question(8, "practical", "Run `site:1` in the background as `web`, so that port 8080 of the host leads to its port 80.",
             "docker run -d --name web -p 8080:80 site:1", (18, 18), setup="docker tag base:1 site:1",
             reference="docker run -d --name web -p 8080:80 site:1"),
    question(9, "output_reading",
             "What did this print?\n\n```\n$ docker port web\n80/tcp -> 0.0.0.0:8080\n```\n\nWhich host port is open?",
             "8080", (8, 8), choices=("80", "8080", "32768")),
    question(10, "error_diagnosis", "`docker: command not found`: what is the cause?", "Docker is not installed", (8, 8),
             choices=("Docker is not installed", "The image is missing", "The port is taken")),
)
#: Texts that tell an answer and stand nowhere in what may be shown before it.
SECRETS = {
    "cloze": ("SIGTERM", "SIGKILL"), "command": ("docker port web", "container port"),
    "practical": ("docker run -d --name web -p 8080:80 site:1",),
}
