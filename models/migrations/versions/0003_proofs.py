"""Questions keep the run that proves their key, and what the engine has against them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('bank_question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('evidence', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('doubt', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('bank_question', schema=None) as batch_op:
        batch_op.drop_column('doubt')
        batch_op.drop_column('evidence')
