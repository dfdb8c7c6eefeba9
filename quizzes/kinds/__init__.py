"""The kinds of question. A new kind is one file here and one line in KINDS; see `base` for the rules it
keeps.
"""

from __future__ import annotations

from quizzes.kinds.base import QuestionKind
from quizzes.kinds.cloze import Cloze
from quizzes.kinds.command import Command
from quizzes.kinds.error_diagnosis import ErrorDiagnosis
from quizzes.kinds.matching import Matching
from quizzes.kinds.multiple_answers import MultipleAnswers
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.output_reading import OutputReading
from quizzes.kinds.practical import Practical
from quizzes.kinds.single_choice import SingleChoice
from quizzes.kinds.true_false import TrueFalse


def _registry(*kinds: QuestionKind) -> dict[str, QuestionKind]:
    named = {kind.name: kind for kind in kinds}
    if len(named) != len(kinds):
        raise ValueError("two kinds of question have one name")
    return named


KINDS: dict[str, QuestionKind] = _registry(
    SingleChoice(),
    TrueFalse(),
    Cloze(),
    Command(),
    Ordering(),
    Practical(),
    MultipleAnswers(),
    Matching(),
    OutputReading(),
    ErrorDiagnosis(),
)
