"""What is stored, and the verbs that store it. A question is plain JSON here: no other room is imported.

Each file is one noun: its table (a `#:` sentence above every column) and its verbs. A verb is one short
write transaction; it returns when the row is on disk. Queries read through the request's session, inside an
app context. Objects stay readable after a verb; change them only through verbs.

- courses: create_course, courses, course_by_slug, course_by_join_code
- people: join_course, make_instructor_link, redeem_instructor_link, person_by_token, person_by_id,
  learners_of
- notes: add_note, notes_of, note_by_id, note_versions
- bank: review_question, approve_all, bank_page, bank_question, askable_questions, askable_ids, bank_counts,
  relied_on, changed_times, retired_questions, remember_exported
- merging: store_bank, import_questions
- pictures: keep_pictures, picture_names, picture_bytes
- proofs: store_proof, queue_proofs
- reviews: record_review, undo_review, undoable_review, card_states, reviews_of, introduced_since,
  reviewed_since
- reports: report_mistake, settle_reports, open_reports, has_reported, reported_questions
- recalls: store_recalls, recalls_of_course
- quizzes: create_quiz, publish_quiz, quiz_by_id, quizzes_of
- attempts: start_attempt, finish_attempt, attempt_view, attempt_views, attempt_by_id, open_attempt,
  rounds_of_course
- answers: record_answer (handlers call `jobs.hand_in`), run_again, answer_by_id, answers_of, best_scores,
  mistakes_of, unjudged_answers
- jobs: job_about, job_by_id, queue_position, usual_seconds
- workers: engine_state
- public: public_question
- database: init_app, upgrade_database, downgrade_database, forget

Every verb takes `now`, an aware datetime, and reads the clock only where none is given. What can be refused
is a StoreError (models.errors) with a sentence and a `code`; nothing was changed then.
"""

from models.answers import (
    MAX_ANSWER_BYTES,
    Answer,
    answer_by_id,
    answers_of,
    best_scores,
    mistakes_of,
    record_answer,
    run_again,
    unjudged_answers,
)
from models.attempts import (
    Attempt,
    AttemptView,
    Item,
    Rounds,
    attempt_by_id,
    attempt_view,
    attempt_views,
    finish_attempt,
    open_attempt,
    rounds_of_course,
    start_attempt,
)
from models.bank import (
    BankCounts,
    BankPage,
    BankQuestion,
    approve_all,
    askable_ids,
    askable_questions,
    bank_counts,
    bank_page,
    bank_question,
    changed_times,
    remember_exported,
    retired_questions,
    review_question,
)
from models.base import clock, db
from models.courses import Course, course_by_join_code, course_by_slug, courses, create_course
from models.database import downgrade_database, forget, init_app, upgrade_database
from models.errors import (
    AnswerTooLong,
    AttemptClosed,
    BadName,
    EmptyQuiz,
    LinkUsed,
    NoSuchPosition,
    StaleBank,
    StoreError,
    TooManyChecks,
)
from models.jobs import CHECK, IMPORT_NOTE, PROVE, Job, Place, job_about, job_by_id, queue_position, usual_seconds
from models.merging import Merge, import_questions, store_bank
from models.notes import Note, add_note, note_by_id, note_versions, notes_of
from models.people import (
    InstructorLink,
    Joined,
    Person,
    join_course,
    learners_of,
    make_instructor_link,
    person_by_id,
    person_by_token,
    redeem_instructor_link,
)
from models.pictures import HandedPicture, keep_pictures, picture_bytes, picture_names
from models.proofs import queue_proofs, store_proof
from models.public import public_question
from models.quizzes import Quiz, create_quiz, publish_quiz, quiz_by_id, quizzes_of
from models.recalls import AnkiRecall, CardRecall, RecallSum, recalls_of_course, store_recalls
from models.reports import Report, has_reported, open_reports, report_mistake, reported_questions, settle_reports
from models.reviews import (
    Outcome,
    Review,
    card_states,
    introduced_since,
    record_review,
    reviewed_since,
    reviews_of,
    undo_review,
    undoable_review,
)
from models.workers import EngineState, Worker, engine_state

__all__ = [
    "CHECK", "IMPORT_NOTE", "MAX_ANSWER_BYTES", "PROVE", "AnkiRecall", "Answer", "AnswerTooLong", "Attempt",
    "AttemptClosed", "AttemptView", "BadName", "BankCounts", "BankPage", "BankQuestion", "CardRecall", "Course",
    "EmptyQuiz", "EngineState", "HandedPicture", "InstructorLink", "Item", "Job", "Joined", "LinkUsed", "Merge",
    "NoSuchPosition", "Note", "Outcome", "Person", "Place", "Quiz", "RecallSum", "Report", "Review", "Rounds",
    "StaleBank", "StoreError", "TooManyChecks", "Worker", "add_note", "answer_by_id", "answers_of", "approve_all",
    "askable_ids", "askable_questions", "attempt_by_id", "attempt_view", "attempt_views", "bank_counts", "bank_page",
    "bank_question", "best_scores", "card_states", "changed_times", "clock", "course_by_join_code", "course_by_slug",
    "courses", "create_course", "create_quiz", "db", "downgrade_database", "engine_state", "finish_attempt", "forget",
    "has_reported", "import_questions", "init_app", "introduced_since", "job_about", "job_by_id", "join_course",
    "keep_pictures", "learners_of", "make_instructor_link", "mistakes_of", "note_by_id", "note_versions", "notes_of",
    "open_attempt", "open_reports", "person_by_id", "person_by_token", "picture_bytes", "picture_names",
    "public_question", "publish_quiz", "queue_position", "queue_proofs", "quiz_by_id", "quizzes_of",
    "recalls_of_course", "record_answer", "record_review", "redeem_instructor_link", "remember_exported",
    "report_mistake", "reported_questions", "retired_questions", "review_question", "reviewed_since", "reviews_of",
    "rounds_of_course", "run_again", "settle_reports", "start_attempt", "store_bank", "store_proof", "store_recalls",
    "undo_review", "undoable_review", "unjudged_answers", "upgrade_database", "usual_seconds",
]
