"""The first schema: organisation, catalogue, casework, change log and the search index."""

from alembic import op
import sqlalchemy as sa
import tarahum_desktop.models.types

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


SEARCH = (
    # The words are folded before they get here, so the tokenizer only has to split them.
    "CREATE VIRTUAL TABLE person_search USING fts5("
    "words, content='person_index', content_rowid='no', tokenize=\"unicode61 remove_diacritics 0\", "
    # Neither phrases nor ranks are asked for: leaving out positions and sizes halves the cost of indexing.
    "prefix='1 2 3 4', detail='none', columnsize=0)",
    "CREATE TRIGGER person_index_added AFTER INSERT ON person_index BEGIN "
    "INSERT INTO person_search(rowid, words) VALUES (new.no, new.words); END",
    "CREATE TRIGGER person_index_gone AFTER DELETE ON person_index BEGIN "
    "INSERT INTO person_search(person_search, rowid, words) VALUES ('delete', old.no, old.words); END",
    "CREATE TRIGGER person_index_changed AFTER UPDATE ON person_index BEGIN "
    "INSERT INTO person_search(person_search, rowid, words) VALUES ('delete', old.no, old.words); "
    "INSERT INTO person_search(rowid, words) VALUES (new.no, new.words); END",
)


def _create_search() -> None:
    for statement in SEARCH:
        op.execute(statement)


def upgrade() -> None:
    op.create_table('agreement',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('field_code', sa.Text(), nullable=False),
    sa.Column('partner_ar', sa.Text(), nullable=False),
    sa.Column('partner_en', sa.Text(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('shared_fields', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement'))
    )
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('applied_vector',
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('device', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('sequence', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('scope', 'device', name=op.f('pk_applied_vector'))
    )
    op.create_table('approval_level',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('limit_halalas', sa.BigInteger(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_level'))
    )
    with op.batch_alter_table('approval_level', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_level_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('batch_log',
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('device', sa.BigInteger(), nullable=False),
    sa.Column('first_sequence', sa.BigInteger(), nullable=False),
    sa.Column('last_sequence', sa.BigInteger(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('payload', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('scope', 'position', name=op.f('pk_batch_log'))
    )
    with op.batch_alter_table('batch_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_batch_log_scope_device_last_sequence'), ['scope', 'device', 'last_sequence'], unique=False)

    op.create_table('case_file',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('team_code', sa.Text(), nullable=True),
    sa.Column('officer_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('restricted', sa.Boolean(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closure_reason', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_file'))
    )
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_file_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_file_number'), ['number'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_file_officer_id'), ['officer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_file_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_file_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('case_move',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('from_state', sa.Text(), nullable=False),
    sa.Column('to_state', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('moved_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('moved_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_move'))
    )
    with op.batch_alter_table('case_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_move_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_move_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('committee',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('seat_city_ar', sa.Text(), nullable=False),
    sa.Column('has_women_section', sa.Boolean(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee'))
    )
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_committee_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('conflict',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('entity', sa.Text(), nullable=False),
    sa.Column('row_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('stamp', sa.LargeBinary(), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('base', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflict'))
    )
    with op.batch_alter_table('conflict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conflict_row_id'), ['row_id'], unique=False)

    op.create_table('consent',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('visit_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('means', sa.Text(), nullable=False),
    sa.Column('signer_capacity', sa.Text(), nullable=False),
    sa.Column('deed', sa.Text(), nullable=True),
    sa.Column('notice_version', sa.Text(), nullable=False),
    sa.Column('given_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('withdrawn_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('custody_episode',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('facility_code', sa.Text(), nullable=True),
    sa.Column('inmate_number', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('entry', sa.Text(), nullable=True),
    sa.Column('entry_day', sa.Date(), nullable=True),
    sa.Column('expected_release', sa.Text(), nullable=True),
    sa.Column('expected_release_day', sa.Date(), nullable=True),
    sa.Column('release', sa.Text(), nullable=True),
    sa.Column('release_day', sa.Date(), nullable=True),
    sa.Column('release_type', sa.Text(), nullable=True),
    sa.Column('sentence', sa.Text(), nullable=True),
    sa.Column('case_class', sa.Text(), nullable=True),
    sa.Column('right_type', sa.Text(), nullable=True),
    sa.Column('claims_halalas', sa.BigInteger(), nullable=True),
    sa.Column('times_before', sa.Integer(), nullable=True),
    sa.Column('was_breadwinner', sa.Boolean(), nullable=True),
    sa.Column('contact_frequency', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_custody_episode'))
    )
    with op.batch_alter_table('custody_episode', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_custody_episode_expected_release_day'), ['expected_release_day'], unique=False)
        batch_op.create_index(batch_op.f('ix_custody_episode_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_custody_episode_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('delivery',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('plan_item_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('service_code', sa.Text(), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('amount_halalas', sa.BigInteger(), nullable=False),
    sa.Column('fund', sa.Text(), nullable=True),
    sa.Column('person_kind', sa.Text(), nullable=False),
    sa.Column('receiver', sa.Text(), nullable=True),
    sa.Column('proxy_document', sa.Text(), nullable=True),
    sa.Column('evidence', tarahum_desktop.models.types.JsonText(), nullable=True),
    sa.Column('confirmed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('confirmed_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('agreement_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery'))
    )
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delivery_delivered_on'), ['delivered_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_plan_item_id'), ['plan_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delivery_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('device',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=True),
    sa.Column('signing_key', sa.LargeBinary(), nullable=False),
    sa.Column('sealing_key', sa.LargeBinary(), nullable=False),
    sa.Column('scopes', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('enrolled_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('revoked_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('draft',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('user_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('form_code', sa.Text(), nullable=False),
    sa.Column('form_version', sa.Integer(), nullable=False),
    sa.Column('begun_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('changed_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('last_path', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_subject_id'), ['subject_id'], unique=False)

    op.create_table('draft_field',
    sa.Column('draft_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('value', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.PrimaryKeyConstraint('draft_id', 'path', name=op.f('pk_draft_field'))
    )
    op.create_table('exchange_record',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('started_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('ended_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('pushed', sa.Integer(), nullable=False),
    sa.Column('pulled', sa.Integer(), nullable=False),
    sa.Column('bytes_out', sa.BigInteger(), nullable=False),
    sa.Column('bytes_in', sa.BigInteger(), nullable=False),
    sa.Column('proven', sa.Boolean(), nullable=False),
    sa.Column('clock_error_ms', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_record'))
    )
    op.create_table('facility',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('type_code', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=True),
    sa.Column('city_ar', sa.Text(), nullable=False),
    sa.Column('gender', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facility'))
    )
    with op.batch_alter_table('facility', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_facility_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('follow_up',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('officer_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up'))
    )
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_up_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('form_version',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('document', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_version'))
    )
    with op.batch_alter_table('form_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_version_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('held_batch',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('device', sa.BigInteger(), nullable=False),
    sa.Column('first_sequence', sa.BigInteger(), nullable=False),
    sa.Column('last_sequence', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('payload', sa.LargeBinary(), nullable=False),
    sa.Column('held_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_batch'))
    )
    op.create_table('household',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('file_number', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('head_person_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('place_code', sa.Text(), nullable=True),
    sa.Column('district', sa.Text(), nullable=True),
    sa.Column('directions', sa.Text(), nullable=True),
    sa.Column('short_address', sa.Text(), nullable=True),
    sa.Column('latitude_e6', sa.Integer(), nullable=True),
    sa.Column('longitude_e6', sa.Integer(), nullable=True),
    sa.Column('environment', sa.Text(), nullable=True),
    sa.Column('tenure', sa.Text(), nullable=True),
    sa.Column('house_type', sa.Text(), nullable=True),
    sa.Column('rooms', sa.Integer(), nullable=True),
    sa.Column('house_condition', sa.Text(), nullable=True),
    sa.Column('annual_rent_halalas', sa.BigInteger(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household'))
    )
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_file_number'), ['file_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_head_person_id'), ['head_person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_household_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('invitation',
    sa.Column('code_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('device_name', sa.Text(), nullable=False),
    sa.Column('device_kind', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=True),
    sa.Column('scopes', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('expires_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('used_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_invitation'))
    )
    op.create_table('local_setting',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_local_setting'))
    )
    op.create_table('matrix_rating',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('visit_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('domain', sa.Text(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matrix_rating'))
    )
    with op.batch_alter_table('matrix_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matrix_rating_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_matrix_rating_visit_id'), ['visit_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('relation', sa.Text(), nullable=False),
    sa.Column('resident', sa.Boolean(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('outbox',
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('sequence', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('entity', sa.Text(), nullable=False),
    sa.Column('row_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('is_insert', sa.Boolean(), nullable=False),
    sa.Column('stamp', sa.LargeBinary(), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('patch', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('scope', 'sequence', name=op.f('pk_outbox'))
    )
    op.create_table('person',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('first_name', sa.Text(), nullable=False),
    sa.Column('father_name', sa.Text(), nullable=True),
    sa.Column('grandfather_name', sa.Text(), nullable=True),
    sa.Column('family_name', sa.Text(), nullable=False),
    sa.Column('gender', sa.Text(), nullable=False),
    sa.Column('nationality', sa.Text(), nullable=False),
    sa.Column('id_kind', sa.Text(), nullable=False),
    sa.Column('id_number', sa.Text(), nullable=True),
    sa.Column('id_warning', sa.Text(), nullable=True),
    sa.Column('id_seen', sa.Boolean(), nullable=False),
    sa.Column('no_id_reason', sa.Text(), nullable=True),
    sa.Column('birth', sa.Text(), nullable=True),
    sa.Column('birth_first', sa.Date(), nullable=True),
    sa.Column('birth_last', sa.Date(), nullable=True),
    sa.Column('marital', sa.Text(), nullable=True),
    sa.Column('mobile', sa.Text(), nullable=True),
    sa.Column('mobile_alt', sa.Text(), nullable=True),
    sa.Column('contact_preference', sa.Text(), nullable=True),
    sa.Column('education', sa.Text(), nullable=True),
    sa.Column('enrolment', sa.Text(), nullable=True),
    sa.Column('work', sa.Text(), nullable=True),
    sa.Column('iban', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_id_number'), ['id_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_mobile'), ['mobile'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('person_index',
    sa.Column('no', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_person_index')),
    sa.UniqueConstraint('person_id', name=op.f('uq_person_index_person_id'))
    )
    op.create_table('place',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('latitude_e6', sa.Integer(), nullable=True),
    sa.Column('longitude_e6', sa.Integer(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place'))
    )
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_place_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('plan_item',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('person_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('visit_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('service_code', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('priority', sa.Text(), nullable=True),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('amount_halalas', sa.BigInteger(), nullable=False),
    sa.Column('fund', sa.Text(), nullable=True),
    sa.Column('proposed_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('proposed_on', sa.Date(), nullable=True),
    sa.Column('decided_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_item'))
    )
    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_item_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_item_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_item_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('programme',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('track_code', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme'))
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('reference_item',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('list_code', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_item'))
    )
    with op.batch_alter_table('reference_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reference_item_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('region',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('iso', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region'))
    )
    with op.batch_alter_table('region', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_region_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('request_nonce',
    sa.Column('device_number', sa.BigInteger(), nullable=False),
    sa.Column('nonce', sa.LargeBinary(length=16), nullable=False),
    sa.Column('seen_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('device_number', 'nonce', name=op.f('pk_request_nonce'))
    )
    op.create_table('role_grant',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('user_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('scope_code', sa.Text(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_user_id'), ['user_id'], unique=False)

    op.create_table('scope',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=True),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scope'))
    )
    with op.batch_alter_table('scope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scope_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('scope_state',
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('next_sequence', sa.BigInteger(), nullable=False),
    sa.Column('head', sa.BigInteger(), nullable=False),
    sa.Column('remote_position', sa.BigInteger(), nullable=False),
    sa.Column('acknowledged', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=8), nullable=False),
    sa.Column('row_count', sa.BigInteger(), nullable=False),
    sa.Column('snapshot_cursor', sa.LargeBinary(), nullable=True),
    sa.Column('complete', sa.Boolean(), nullable=False),
    sa.Column('proven_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('disputed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.PrimaryKeyConstraint('scope', name=op.f('pk_scope_state'))
    )
    op.create_table('service',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('programme_code', sa.Text(), nullable=False),
    sa.Column('track_code', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('unit_ar', sa.Text(), nullable=False),
    sa.Column('unit_en', sa.Text(), nullable=False),
    sa.Column('amount_kind', sa.Text(), nullable=False),
    sa.Column('approval_level', sa.Text(), nullable=False),
    sa.Column('kinds', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('rules', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('evidence', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service'))
    )
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('team',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('facility_code', sa.Text(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team'))
    )
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('track',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_track'))
    )
    with op.batch_alter_table('track', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_track_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('user_account',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('login', sa.Text(), nullable=False),
    sa.Column('name_ar', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('committee_code', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account'))
    )
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_account_login'), ['login'], unique=False)
        batch_op.create_index(batch_op.f('ix_user_account_scope_id'), ['scope', 'id'], unique=False)

    op.create_table('visit',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('case_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('household_id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('officer_id', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('form_code', sa.Text(), nullable=False),
    sa.Column('form_version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=True),
    sa.Column('receipt_number', sa.Text(), nullable=True),
    sa.Column('started_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('submitted_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('latitude_e6', sa.Integer(), nullable=True),
    sa.Column('longitude_e6', sa.Integer(), nullable=True),
    sa.Column('no_position_reason', sa.Text(), nullable=True),
    sa.Column('income_halalas', sa.BigInteger(), nullable=True),
    sa.Column('expense_halalas', sa.BigInteger(), nullable=True),
    sa.Column('recommendation', sa.Text(), nullable=True),
    sa.Column('observations', sa.Text(), nullable=True),
    sa.Column('next_visit_on', sa.Date(), nullable=True),
    sa.Column('answers', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('answers_hash', sa.LargeBinary(), nullable=False),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_household_id'), ['household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_receipt_number'), ['receipt_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_scope_id'), ['scope', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_visited_on'), ['visited_on'], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        _create_search()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE person_search")
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_visited_on'))
        batch_op.drop_index(batch_op.f('ix_visit_scope_id'))
        batch_op.drop_index(batch_op.f('ix_visit_receipt_number'))
        batch_op.drop_index(batch_op.f('ix_visit_household_id'))

    op.drop_table('visit')
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_account_scope_id'))
        batch_op.drop_index(batch_op.f('ix_user_account_login'))

    op.drop_table('user_account')
    with op.batch_alter_table('track', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_track_scope_id'))

    op.drop_table('track')
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_scope_id'))

    op.drop_table('team')
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_scope_id'))

    op.drop_table('service')
    op.drop_table('scope_state')
    with op.batch_alter_table('scope', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scope_scope_id'))

    op.drop_table('scope')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_user_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_scope_id'))

    op.drop_table('role_grant')
    op.drop_table('request_nonce')
    with op.batch_alter_table('region', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_region_scope_id'))

    op.drop_table('region')
    with op.batch_alter_table('reference_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reference_item_scope_id'))

    op.drop_table('reference_item')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_scope_id'))

    op.drop_table('programme')
    with op.batch_alter_table('plan_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_item_scope_id'))
        batch_op.drop_index(batch_op.f('ix_plan_item_person_id'))
        batch_op.drop_index(batch_op.f('ix_plan_item_household_id'))

    op.drop_table('plan_item')
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_place_scope_id'))

    op.drop_table('place')
    op.drop_table('person_index')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_scope_id'))
        batch_op.drop_index(batch_op.f('ix_person_mobile'))
        batch_op.drop_index(batch_op.f('ix_person_id_number'))

    op.drop_table('person')
    op.drop_table('outbox')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_scope_id'))
        batch_op.drop_index(batch_op.f('ix_membership_person_id'))
        batch_op.drop_index(batch_op.f('ix_membership_household_id'))

    op.drop_table('membership')
    with op.batch_alter_table('matrix_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_matrix_rating_visit_id'))
        batch_op.drop_index(batch_op.f('ix_matrix_rating_scope_id'))

    op.drop_table('matrix_rating')
    op.drop_table('local_setting')
    op.drop_table('invitation')
    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_scope_id'))
        batch_op.drop_index(batch_op.f('ix_household_head_person_id'))
        batch_op.drop_index(batch_op.f('ix_household_file_number'))

    op.drop_table('household')
    op.drop_table('held_batch')
    with op.batch_alter_table('form_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_form_version_scope_id'))

    op.drop_table('form_version')
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_scope_id'))
        batch_op.drop_index(batch_op.f('ix_follow_up_due_on'))
        batch_op.drop_index(batch_op.f('ix_follow_up_case_id'))

    op.drop_table('follow_up')
    with op.batch_alter_table('facility', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_facility_scope_id'))

    op.drop_table('facility')
    op.drop_table('exchange_record')
    op.drop_table('draft_field')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_subject_id'))

    op.drop_table('draft')
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_scope_id'))

    op.drop_table('device')
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delivery_scope_id'))
        batch_op.drop_index(batch_op.f('ix_delivery_plan_item_id'))
        batch_op.drop_index(batch_op.f('ix_delivery_person_id'))
        batch_op.drop_index(batch_op.f('ix_delivery_household_id'))
        batch_op.drop_index(batch_op.f('ix_delivery_delivered_on'))

    op.drop_table('delivery')
    with op.batch_alter_table('custody_episode', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_custody_episode_scope_id'))
        batch_op.drop_index(batch_op.f('ix_custody_episode_person_id'))
        batch_op.drop_index(batch_op.f('ix_custody_episode_expected_release_day'))

    op.drop_table('custody_episode')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_scope_id'))
        batch_op.drop_index(batch_op.f('ix_consent_person_id'))

    op.drop_table('consent')
    with op.batch_alter_table('conflict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conflict_row_id'))

    op.drop_table('conflict')
    with op.batch_alter_table('committee', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_committee_scope_id'))

    op.drop_table('committee')
    with op.batch_alter_table('case_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_move_scope_id'))
        batch_op.drop_index(batch_op.f('ix_case_move_case_id'))

    op.drop_table('case_move')
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_file_scope_id'))
        batch_op.drop_index(batch_op.f('ix_case_file_person_id'))
        batch_op.drop_index(batch_op.f('ix_case_file_officer_id'))
        batch_op.drop_index(batch_op.f('ix_case_file_number'))
        batch_op.drop_index(batch_op.f('ix_case_file_household_id'))

    op.drop_table('case_file')
    with op.batch_alter_table('batch_log', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_batch_log_scope_device_last_sequence'))

    op.drop_table('batch_log')
    with op.batch_alter_table('approval_level', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_approval_level_scope_id'))

    op.drop_table('approval_level')
    op.drop_table('applied_vector')
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreement_scope_id'))

    op.drop_table('agreement')
