"""Notes come with their pictures"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('note_picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('file', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("file <> ''", name=op.f('ck_note_picture_file')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_note_picture_course_id_course'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note_picture')),
    sa.UniqueConstraint('course_id', 'file', name=op.f('uq_note_picture_course_id'))
    )
    with op.batch_alter_table('note_picture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_note_picture_course_id'), ['course_id'], unique=False)


def downgrade() -> None:
    op.drop_table('note_picture')
