"""What a learner may see of a question before the answer is in."""

from __future__ import annotations

from typing import Any

#: Everything that may leave; a field added to the question later stays inside until it is listed here.
PUBLIC = ("id", "kind", "language", "prompt", "choices", "setup", "difficulty", "topics")


def public_question(question: dict[str, Any]) -> dict[str, Any]:
    """Give the question without its key: only what PUBLIC lists.

    `pictures` are those that the prompt speaks of. `proved_on` names the engine that a run of the key was
    recorded on, "" if none. For a cloze `gaps` says how many texts are asked for; for matching `left` gives
    the left-hand sides, sorted, so that their order says nothing.
    """
    shown = {key: question[key] for key in PUBLIC if key in question}
    if asked := [one for one in question.get("pictures", ()) if one["asked"]]:
        shown["pictures"] = asked
    shown["proved_on"] = (question.get("evidence") or {}).get("engine", "")
    if question["kind"] == "cloze":
        shown["gaps"] = len(question.get("answers", ())) or question["prompt"].count("____")
    if question["kind"] == "matching" and isinstance(question.get("answer"), dict):
        shown["left"] = sorted(question["answer"])
    return shown
