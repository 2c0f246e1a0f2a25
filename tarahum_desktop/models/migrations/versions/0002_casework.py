"""The whole of casework: plans and minutes, money, courses, the prison desk, duplicates, transfers, imports."""

from alembic import op
import sqlalchemy as sa
import tarahum_desktop.models.types

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('addendum',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('entity', sa.Text(), nullable=False),
    sa.Column('row_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('changes', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('from_scope', sa.Text(), nullable=False),
    sa.Column('made_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('made_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('decided_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('decided_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addendum'))
    )
    with op.batch_alter_table('addendum', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addendum_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_addendum_row_id'), ['row_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_addendum_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('alert',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('raised_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('raised_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('acknowledged_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('acknowledged_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('amendment',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('visit_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('changes', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('proposed_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('proposed_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('decided_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('decided_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendment'))
    )
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_amendment_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_amendment_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_amendment_visit_id'), ['visit_id'], unique=False)

    op.create_table('arrival',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('relocation_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('from_scope', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.Column('page', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrival'))
    )
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrival_relocation_id'), ['relocation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_arrival_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('assignment',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('officer_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('team_code', sa.Text(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('given_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_officer_id'), ['officer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('owner_entity', sa.Text(), nullable=False),
    sa.Column('owner_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sha256', sa.LargeBinary(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('taken_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('caption', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('attendance',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('session_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('mark', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance'))
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_session_id'), ['session_id'], unique=False)

    op.create_table('blob',
    sa.Column('sha256', sa.LargeBinary(length=32), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('kept_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blob'))
    )
    op.create_table('course',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('service_code', sa.Text(), nullable=False),
    sa.Column('facility_code', sa.Text(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('trainer', sa.Text(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('planned_sessions', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course'))
    )
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_first_day'), ['first_day'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('course_member',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('course_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('plan_item_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('joined_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('certificate', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_member'))
    )
    with op.batch_alter_table('course_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_member_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_member_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_member_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('course_session',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('course_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_session'))
    )
    with op.batch_alter_table('course_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_session_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_session_held_on'), ['held_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_session_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('custody_move',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('episode_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('from_facility', sa.Text(), nullable=True),
    sa.Column('to_facility', sa.Text(), nullable=False),
    sa.Column('moved_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_custody_move'))
    )
    with op.batch_alter_table('custody_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_custody_move_episode_id'), ['episode_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_custody_move_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('departure',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('entity', sa.Text(), nullable=False),
    sa.Column('row_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('to_scope', sa.Text(), nullable=False),
    sa.Column('relocation_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_departure'))
    )
    with op.batch_alter_table('departure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_departure_relocation_id'), ['relocation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_departure_row_id'), ['row_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_departure_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('entitlement',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('claim', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('service_code', sa.Text(), nullable=False),
    sa.Column('plan_item_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('settled_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('settled_reason', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entitlement'))
    )
    with op.batch_alter_table('entitlement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entitlement_claim'), ['claim'], unique=False)
        batch_op.create_index(batch_op.f('ix_entitlement_plan_item_id'), ['plan_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_entitlement_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('field_history',
    sa.Column('row_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('entity', sa.Text(), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('before', sa.LargeBinary(), nullable=True),
    sa.Column('after', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', 'field', 'stamp', name=op.f('pk_field_history'))
    )
    op.create_table('finding',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('first_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('second_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('facts', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('found_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'subject', name=op.f('pk_finding'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_second_id'), ['second_id'], unique=False)

    op.create_table('fund_entry',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('fund', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.Column('amount_halalas', sa.BigInteger(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund_entry'))
    )
    with op.batch_alter_table('fund_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fund_entry_entered_on'), ['entered_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_fund_entry_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('import_made',
    sa.Column('run_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('row_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('entity', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('run_id', 'row_id', name=op.f('pk_import_made'))
    )
    op.create_table('import_mapping',
    sa.Column('fingerprint', sa.LargeBinary(length=32), nullable=False),
    sa.Column('mapping', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('used_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('fingerprint', name=op.f('pk_import_mapping'))
    )
    op.create_table('import_run',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.LargeBinary(), nullable=False),
    sa.Column('mapping', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('accepted', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('made_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('made_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('undone_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('undone_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run'))
    )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_run_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('inmate_request',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('facility_code', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('handled_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inmate_request'))
    )
    with op.batch_alter_table('inmate_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inmate_request_made_on'), ['made_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_inmate_request_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inmate_request_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('minute',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('chair', sa.Text(), nullable=True),
    sa.Column('attendance', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('opened_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('signed_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('signed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('document_hash', sa.LargeBinary(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minute'))
    )
    with op.batch_alter_table('minute', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minute_number'), ['number'], unique=False)
        batch_op.create_index(batch_op.f('ix_minute_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('minute_decision',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('minute_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('plan_item_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=True),
    sa.Column('amount_halalas', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('rules_version', sa.Integer(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minute_decision'))
    )
    with op.batch_alter_table('minute_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minute_decision_minute_id'), ['minute_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_minute_decision_plan_item_id'), ['plan_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_minute_decision_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('payment',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('sheet_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('plan_item_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('amount_halalas', sa.BigInteger(), nullable=False),
    sa.Column('iban', sa.Text(), nullable=True),
    sa.Column('payee_name', sa.Text(), nullable=False),
    sa.Column('payee_kind', sa.Text(), nullable=False),
    sa.Column('proxy_document', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('bank_reference', sa.Text(), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('delivery_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('settled_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_plan_item_id'), ['plan_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_sheet_id'), ['sheet_id'], unique=False)

    op.create_table('payment_sheet',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('fund', sa.Text(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('total_halalas', sa.BigInteger(), nullable=False),
    sa.Column('file_hash', sa.LargeBinary(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('justification', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_sheet'))
    )
    with op.batch_alter_table('payment_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_sheet_made_on'), ['made_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_sheet_number'), ['number'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_sheet_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('person_merge',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('kept_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('gone_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('moved', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('merged_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('merged_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('undone_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('undone_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge'))
    )
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_merge_gone_id'), ['gone_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('questionnaire',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('officer_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('form_code', sa.Text(), nullable=False),
    sa.Column('form_version', sa.Integer(), nullable=False),
    sa.Column('submitted_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('answers', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('answers_hash', sa.LargeBinary(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire'))
    )
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questionnaire_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_questionnaire_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('referral',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('agreement_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('consent_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('service_code', sa.Text(), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('document', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('document_hash', sa.LargeBinary(), nullable=False),
    sa.Column('referred_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('referred_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral'))
    )
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_agreement_id'), ['agreement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('release_check',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('episode_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('item', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_check'))
    )
    with op.batch_alter_table('release_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_check_episode_id'), ['episode_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_release_check_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('relocation',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('offer_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('from_scope', sa.Text(), nullable=False),
    sa.Column('to_scope', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('summary', tarahum_desktop.models.types.JsonText(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('offered_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('offered_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('decided_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('decided_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=True),
    sa.Column('done_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relocation'))
    )
    with op.batch_alter_table('relocation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_relocation_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_relocation_offer_id'), ['offer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_relocation_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('ruling',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('first_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('second_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('decided_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('decided_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ruling'))
    )
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ruling_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ruling_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ruling_second_id'), ['second_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ruling_subject'), ['subject'], unique=False)

    op.create_table('saved_list',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('user_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('filters', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('made_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_list'))
    )
    with op.batch_alter_table('saved_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_list_user_id'), ['user_id'], unique=False)

    op.create_table('service_rules',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('service_code', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('kinds', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('rules', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('approval_level', sa.Text(), nullable=False),
    sa.Column('amount_kind', sa.Text(), nullable=False),
    sa.Column('evidence', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_rules'))
    )
    with op.batch_alter_table('service_rules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_rules_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_rules_service_code'), ['service_code'], unique=False)

    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('services', tarahum_desktop.models.types.JsonText(), nullable=True))
        batch_op.add_column(sa.Column('committee_code', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('purpose_ar', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('purpose_en', sa.Text(), nullable=True))

    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.add_column(sa.Column('named_party', sa.Text(), nullable=True))

    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.add_column(sa.Column('receiver_kind', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('payment_id', tarahum_desktop.models.types.RowId(length=16), nullable=True))
        batch_op.add_column(sa.Column('session_id', tarahum_desktop.models.types.RowId(length=16), nullable=True))
        batch_op.add_column(sa.Column('removed_reason', sa.Text(), nullable=True))
        batch_op.create_index('ix_delivery_of_agreement', ['agreement_id', 'removed_at'], unique=False, sqlite_where=sa.text('agreement_id IS NOT NULL'), postgresql_where=sa.text('agreement_id IS NOT NULL'))
        batch_op.create_index('ix_delivery_of_fund', ['committee_code', 'fund', 'delivered_on', 'confirmed_at', 'removed_at', 'amount_halalas'], unique=False)

    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.add_column(sa.Column('episode_id', tarahum_desktop.models.types.RowId(length=16), nullable=True))
        batch_op.add_column(sa.Column('step', sa.Text(), nullable=True))
        batch_op.drop_index(batch_op.f('ix_follow_up_due_on'))
        batch_op.create_index('ix_follow_up_open', ['due_on', 'officer_id', 'scope', 'removed_at'], unique=False, sqlite_where=sa.text('done_on IS NULL'), postgresql_where=sa.text('done_on IS NULL'))

    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_visited_on'))
        batch_op.create_index('ix_visit_by_day', ['visited_on', 'outcome', 'officer_id', 'scope', 'removed_at'], unique=False)

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.add_column(sa.Column('end_reason', sa.Text(), nullable=True))

    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_file_scope_state_officer_id_removed_at'), ['scope', 'state', 'officer_id', 'removed_at'], unique=False)

    with op.batch_alter_table('custody_episode', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_custody_episode_release_day'), ['release_day'], unique=False, sqlite_where=sa.text('release_day IS NOT NULL'), postgresql_where=sa.text('release_day IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_custody_episode_inmate_number'), ['inmate_number'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mother_name', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('temporary_key', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('father_id', tarahum_desktop.models.types.RowId(length=16), nullable=True))
        batch_op.add_column(sa.Column('mother_id', tarahum_desktop.models.types.RowId(length=16), nullable=True))
        batch_op.add_column(sa.Column('merged_into', tarahum_desktop.models.types.RowId(length=16), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_iban'), ['iban'], unique=False)

    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('instalments', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('level', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('rules_version', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('eligibility', tarahum_desktop.models.types.JsonText(), nullable=True))
        batch_op.add_column(sa.Column('minute_id', tarahum_desktop.models.types.RowId(length=16), nullable=True))
        batch_op.create_index(batch_op.f('ix_plan_item_committee_code_state_decided_on'), ['committee_code', 'state', 'decided_on'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_column('named_party')

    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.drop_column('purpose_en')
        batch_op.drop_column('purpose_ar')
        batch_op.drop_column('committee_code')
        batch_op.drop_column('services')

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_column('end_reason')

    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_item_committee_code_state_decided_on'))
        batch_op.drop_column('minute_id')
        batch_op.drop_column('eligibility')
        batch_op.drop_column('rules_version')
        batch_op.drop_column('level')
        batch_op.drop_column('instalments')

    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_file_scope_state_officer_id_removed_at'))

    with op.batch_alter_table('custody_episode', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_custody_episode_release_day'))
        batch_op.drop_index(batch_op.f('ix_custody_episode_inmate_number'))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_iban'))
        batch_op.drop_column('merged_into')
        batch_op.drop_column('mother_id')
        batch_op.drop_column('father_id')
        batch_op.drop_column('temporary_key')
        batch_op.drop_column('mother_name')

    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_by_day')
        batch_op.create_index(batch_op.f('ix_visit_visited_on'), ['visited_on'], unique=False)

    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.drop_index('ix_follow_up_open')
        batch_op.create_index(batch_op.f('ix_follow_up_due_on'), ['due_on'], unique=False)
        batch_op.drop_column('step')
        batch_op.drop_column('episode_id')

    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_delivery_of_fund')
        batch_op.drop_index('ix_delivery_of_agreement')
        batch_op.drop_column('removed_reason')
        batch_op.drop_column('session_id')
        batch_op.drop_column('payment_id')
        batch_op.drop_column('receiver_kind')

    with op.batch_alter_table('service_rules', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_rules_service_code'))
        batch_op.drop_index(batch_op.f('ix_service_rules_scope_id'))

    op.drop_table('service_rules')
    with op.batch_alter_table('saved_list', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_list_user_id'))

    op.drop_table('saved_list')
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ruling_subject'))
        batch_op.drop_index(batch_op.f('ix_ruling_second_id'))
        batch_op.drop_index(batch_op.f('ix_ruling_scope_id'))
        batch_op.drop_index(batch_op.f('ix_ruling_first_id'))

    op.drop_table('ruling')
    with op.batch_alter_table('relocation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_relocation_scope_id'))
        batch_op.drop_index(batch_op.f('ix_relocation_offer_id'))
        batch_op.drop_index(batch_op.f('ix_relocation_household_id'))

    op.drop_table('relocation')
    with op.batch_alter_table('release_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_release_check_scope_id'))
        batch_op.drop_index(batch_op.f('ix_release_check_episode_id'))

    op.drop_table('release_check')
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_scope_id'))
        batch_op.drop_index(batch_op.f('ix_referral_person_id'))
        batch_op.drop_index(batch_op.f('ix_referral_household_id'))
        batch_op.drop_index(batch_op.f('ix_referral_case_id'))
        batch_op.drop_index(batch_op.f('ix_referral_agreement_id'))

    op.drop_table('referral')
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questionnaire_scope_id'))
        batch_op.drop_index(batch_op.f('ix_questionnaire_household_id'))

    op.drop_table('questionnaire')
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_merge_scope_id'))
        batch_op.drop_index(batch_op.f('ix_person_merge_kept_id'))
        batch_op.drop_index(batch_op.f('ix_person_merge_gone_id'))

    op.drop_table('person_merge')
    with op.batch_alter_table('payment_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_sheet_scope_id'))
        batch_op.drop_index(batch_op.f('ix_payment_sheet_number'))
        batch_op.drop_index(batch_op.f('ix_payment_sheet_made_on'))

    op.drop_table('payment_sheet')
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_sheet_id'))
        batch_op.drop_index(batch_op.f('ix_payment_scope_id'))
        batch_op.drop_index(batch_op.f('ix_payment_plan_item_id'))
        batch_op.drop_index(batch_op.f('ix_payment_person_id'))
        batch_op.drop_index(batch_op.f('ix_payment_household_id'))

    op.drop_table('payment')
    with op.batch_alter_table('minute_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_minute_decision_scope_id'))
        batch_op.drop_index(batch_op.f('ix_minute_decision_plan_item_id'))
        batch_op.drop_index(batch_op.f('ix_minute_decision_minute_id'))

    op.drop_table('minute_decision')
    with op.batch_alter_table('minute', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_minute_scope_id'))
        batch_op.drop_index(batch_op.f('ix_minute_number'))

    op.drop_table('minute')
    with op.batch_alter_table('inmate_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inmate_request_scope_id'))
        batch_op.drop_index(batch_op.f('ix_inmate_request_person_id'))
        batch_op.drop_index(batch_op.f('ix_inmate_request_made_on'))

    op.drop_table('inmate_request')
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_run_scope_id'))

    op.drop_table('import_run')
    op.drop_table('import_mapping')
    op.drop_table('import_made')
    with op.batch_alter_table('fund_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fund_entry_scope_id'))
        batch_op.drop_index(batch_op.f('ix_fund_entry_entered_on'))

    op.drop_table('fund_entry')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_second_id'))
        batch_op.drop_index(batch_op.f('ix_finding_first_id'))

    op.drop_table('finding')
    op.drop_table('field_history')
    with op.batch_alter_table('entitlement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entitlement_scope_id'))
        batch_op.drop_index(batch_op.f('ix_entitlement_plan_item_id'))
        batch_op.drop_index(batch_op.f('ix_entitlement_claim'))

    op.drop_table('entitlement')
    with op.batch_alter_table('departure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_departure_scope_id'))
        batch_op.drop_index(batch_op.f('ix_departure_row_id'))
        batch_op.drop_index(batch_op.f('ix_departure_relocation_id'))

    op.drop_table('departure')
    with op.batch_alter_table('custody_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_custody_move_scope_id'))
        batch_op.drop_index(batch_op.f('ix_custody_move_episode_id'))

    op.drop_table('custody_move')
    with op.batch_alter_table('course_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_session_scope_id'))
        batch_op.drop_index(batch_op.f('ix_course_session_held_on'))
        batch_op.drop_index(batch_op.f('ix_course_session_course_id'))

    op.drop_table('course_session')
    with op.batch_alter_table('course_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_member_scope_id'))
        batch_op.drop_index(batch_op.f('ix_course_member_person_id'))
        batch_op.drop_index(batch_op.f('ix_course_member_course_id'))

    op.drop_table('course_member')
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_scope_id'))
        batch_op.drop_index(batch_op.f('ix_course_first_day'))

    op.drop_table('course')
    op.drop_table('blob')
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendance_session_id'))
        batch_op.drop_index(batch_op.f('ix_attendance_scope_id'))
        batch_op.drop_index(batch_op.f('ix_attendance_person_id'))

    op.drop_table('attendance')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_scope_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_owner_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_household_id'))

    op.drop_table('attachment')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_scope_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_officer_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_case_id'))

    op.drop_table('assignment')
    with op.batch_alter_table('arrival', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_arrival_scope_id'))
        batch_op.drop_index(batch_op.f('ix_arrival_relocation_id'))

    op.drop_table('arrival')
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_amendment_visit_id'))
        batch_op.drop_index(batch_op.f('ix_amendment_scope_id'))
        batch_op.drop_index(batch_op.f('ix_amendment_household_id'))

    op.drop_table('amendment')
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_scope_id'))
        batch_op.drop_index(batch_op.f('ix_alert_case_id'))

    op.drop_table('alert')
    with op.batch_alter_table('addendum', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_addendum_scope_id'))
        batch_op.drop_index(batch_op.f('ix_addendum_row_id'))
        batch_op.drop_index(batch_op.f('ix_addendum_household_id'))

    op.drop_table('addendum')
