"""Members of other wholes, which tempt beside those of the one that is asked for."""

from __future__ import annotations

from notes.facts import MembersFact
from quizzes.context import Context
from quizzes.typed import normal


def members_of_others(fact: MembersFact, context: Context) -> list[str]:
    """Give members of other enumerations, the nearest first, none of which the note names with this whole."""
    near = context.siblings(fact, context.of(MembersFact))
    others = [member for other in near if other.whole != fact.whole for member in other.members]
    said = normal(fact.text)
    return [
        member
        for member in dict.fromkeys(others)
        if normal(member) not in said and not any(normal(own) in normal(member) for own in fact.members)
    ]
