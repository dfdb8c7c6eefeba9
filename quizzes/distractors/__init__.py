"""Wrong choices that tempt: same type as the key, siblings first, never also right.

Policy, in this order: what beginners confuse with the key (`-p` and `-P`, stop and kill), siblings from the
same command, table or section, then the tool's grammar. Never anything equal or equivalent to the key (`-p`
beside `--publish`), never two choices that say the same. Of what is left, forms and lengths near the key's
come first.
"""

from quizzes.distractors.commands import other_commands, other_purposes
from quizzes.distractors.lines import completed, does_too, is_kin, is_name_only, options_follow, set_apart
from quizzes.distractors.options import other_flags, other_meanings, spelling, spellings
from quizzes.distractors.terms import has_double, near_definitions, other_definitions, other_terms, shape_of_term
from quizzes.distractors.texts import ALIKE, FEW, TEMPTING, WANTED, alike, distinct, pick_texts
from quizzes.distractors.values import other_cells, other_columns, other_numbers, other_values, other_years

__all__ = [
    "ALIKE",
    "FEW",
    "TEMPTING",
    "WANTED",
    "alike",
    "completed",
    "distinct",
    "does_too",
    "has_double",
    "is_kin",
    "is_name_only",
    "near_definitions",
    "options_follow",
    "other_cells",
    "other_columns",
    "other_commands",
    "other_definitions",
    "other_flags",
    "other_meanings",
    "other_numbers",
    "other_purposes",
    "other_terms",
    "other_values",
    "other_years",
    "pick_texts",
    "set_apart",
    "shape_of_term",
    "spelling",
    "spellings",
]
