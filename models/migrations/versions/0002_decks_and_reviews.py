"""Decks that know what left in them, reviews of flashcards, reviews made in Anki"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('bank_question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('exported_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('imported', sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.String(), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('took_ms', sa.Integer(), nullable=False),
    sa.Column('state_before', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=True),
    sa.Column('stability', sa.Double(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('interval_seconds', sa.BigInteger(), nullable=False),
    sa.Column('scheduler', sa.String(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('learning', 'review', 'relearning')", name=op.f('ck_review_state')),
    sa.CheckConstraint("state_before IN ('learning', 'review', 'relearning')", name=op.f('ck_review_state_before')),
    sa.CheckConstraint('rating BETWEEN 1 AND 4', name=op.f('ck_review_rating')),
    sa.CheckConstraint('stability > 0 AND difficulty >= 1 AND difficulty <= 10', name=op.f('ck_review_memory')),
    sa.CheckConstraint('took_ms >= 0 AND interval_seconds >= 0', name=op.f('ck_review_counted')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index('ix_review_card', ['person_id', 'question_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_question_id'), ['question_id'], unique=False)

    op.create_table('anki_recall',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.String(), nullable=False),
    sa.Column('reviews', sa.Integer(), nullable=False),
    sa.Column('again', sa.Integer(), nullable=False),
    sa.Column('lapses', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('reviews >= 1 AND again >= 0 AND again <= reviews AND lapses >= 0 AND lapses <= again',
                       name=op.f('ck_anki_recall_counted')),
    sa.CheckConstraint('seconds >= 0', name=op.f('ck_anki_recall_seconds')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_anki_recall_course_id_course'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_anki_recall_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_anki_recall')),
    sa.UniqueConstraint('person_id', 'course_id', 'question_id', name=op.f('uq_anki_recall_person_id'))
    )
    with op.batch_alter_table('anki_recall', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_anki_recall_course_id'), ['course_id'], unique=False)


def downgrade() -> None:
    op.drop_table('anki_recall')
    op.drop_table('review')
    with op.batch_alter_table('bank_question', schema=None) as batch_op:
        batch_op.drop_column('imported')
        batch_op.drop_column('exported_at')
