"""Any carrier: pouches, hubs, receipts, blobs in chunks, horizons, rows of unknown tables, devices heard from."""

from alembic import op
import sqlalchemy as sa
import tarahum_desktop.models.types

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

# Enough to spread the scopes of one country's offices over the machines of a distributed PostgreSQL.
_PARTITIONS = 16
_UNFINISHED = 'done_at IS NULL AND offer_id IS NULL'
_LOG_COLUMNS = 'scope, position, device, first_sequence, last_sequence, rows, payload, received_at'


def upgrade() -> None:
    op.create_table('blob_chunk',
    sa.Column('sha256', sa.LargeBinary(length=32), nullable=False),
    sa.Column('at', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', 'at', name=op.f('pk_blob_chunk'))
    )
    op.create_table('centre_receipt',
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('receipt', sa.LargeBinary(), nullable=False),
    sa.Column('taken_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('scope', name=op.f('pk_centre_receipt'))
    )
    op.create_table('device_contact',
    sa.Column('device', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('seen_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('program', sa.Text(), nullable=False),
    sa.Column('schema', sa.Integer(), nullable=False),
    sa.Column('carrier', sa.Text(), nullable=False),
    sa.Column('holds', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.PrimaryKeyConstraint('device', name=op.f('pk_device_contact'))
    )
    op.create_table('device_order',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('device_number', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('detail', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('issued_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('expires_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('removed_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device_order'))
    )
    op.create_index(op.f('ix_device_order_scope_id'), 'device_order', ['scope', 'id'], unique=False)
    op.create_table('heal_record',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('peer', sa.BigInteger(), nullable=False),
    sa.Column('found', sa.Integer(), nullable=False),
    sa.Column('healed', sa.Integer(), nullable=False),
    sa.Column('detail', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heal_record'))
    )
    op.create_table('peer_position',
    sa.Column('peer', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('peer', 'scope', name=op.f('pk_peer_position'))
    )
    op.create_table('pouch',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('direction', sa.Text(), nullable=False),
    sa.Column('maker', sa.BigInteger(), nullable=False),
    sa.Column('peer', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('made_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('expires_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('handled_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('summary', tarahum_desktop.models.types.JsonText(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pouch'))
    )
    op.create_index(op.f('ix_pouch_maker_peer_number'), 'pouch', ['maker', 'peer', 'number'], unique=False)
    op.create_table('pouch_stick',
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('registered_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.Column('registered_by', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('retired_at', tarahum_desktop.models.types.UtcTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pouch_stick'))
    )
    op.create_table('strange_row',
    sa.Column('entity', sa.Text(), nullable=False),
    sa.Column('id', tarahum_desktop.models.types.RowId(length=16), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('stamp', sa.LargeBinary(length=12), nullable=False),
    sa.Column('author', tarahum_desktop.models.types.RowId(length=16), nullable=True),
    sa.Column('field_stamps', sa.LargeBinary(), nullable=True),
    sa.Column('carried', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('entity', 'id', name=op.f('pk_strange_row'))
    )
    op.create_index(op.f('ix_strange_row_scope_entity_id'), 'strange_row', ['scope', 'entity', 'id'], unique=False)
    op.add_column('attachment', sa.Column('thumb_sha256', sa.LargeBinary(), nullable=True))
    op.add_column('attachment', sa.Column('thumb_size', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_attachment_sha256'), 'attachment', ['sha256'], unique=False)
    op.create_index(op.f('ix_attachment_thumb_sha256'), 'attachment', ['thumb_sha256'], unique=False)
    op.add_column('blob', sa.Column('size', sa.BigInteger(), server_default='0', nullable=False))
    op.add_column('blob', sa.Column('whole', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column('blob', sa.Column('confirmed_at', tarahum_desktop.models.types.UtcTime(), nullable=True))
    op.add_column('blob', sa.Column('receipt', sa.LargeBinary(), nullable=True))
    _cut_blobs_into_chunks()
    op.drop_column('blob', 'content')
    op.add_column('device', sa.Column('write_scopes', tarahum_desktop.models.types.JsonText(), nullable=True))
    op.add_column('device', sa.Column('leaving', tarahum_desktop.models.types.JsonText(), nullable=True))
    op.create_index(op.f('ix_device_number'), 'device', ['number'], unique=False)
    op.create_index(
        'ix_relocation_unfinished', 'relocation', ['id'], unique=False,
        sqlite_where=sa.text(_UNFINISHED), postgresql_where=sa.text(_UNFINISHED),
    )
    op.add_column('exchange_record', sa.Column('carrier', sa.Text(), server_default='https', nullable=False))
    op.add_column('ruling', sa.Column('detail', tarahum_desktop.models.types.JsonText(), nullable=True))
    op.add_column('scope_state', sa.Column('horizon', sa.BigInteger(), server_default='0', nullable=False))
    op.add_column('scope_state', sa.Column('handed', sa.BigInteger(), server_default='0', nullable=False))
    op.add_column('scope_state', sa.Column('mode', sa.Text(), server_default='full', nullable=False))
    op.execute('UPDATE scope_state SET handed = acknowledged')
    if op.get_bind().dialect.name == 'postgresql':
        _spread_the_log()


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        _gather_the_log()
    op.drop_column('scope_state', 'mode')
    op.drop_column('scope_state', 'handed')
    op.drop_column('scope_state', 'horizon')
    op.drop_column('ruling', 'detail')
    op.drop_column('exchange_record', 'carrier')
    op.drop_index('ix_relocation_unfinished', table_name='relocation')
    op.drop_index(op.f('ix_device_number'), table_name='device')
    op.drop_column('device', 'leaving')
    op.drop_column('device', 'write_scopes')
    _join_chunks()
    op.drop_column('blob', 'receipt')
    op.drop_column('blob', 'confirmed_at')
    op.drop_column('blob', 'whole')
    op.drop_column('blob', 'size')
    op.drop_index(op.f('ix_attachment_thumb_sha256'), table_name='attachment')
    op.drop_index(op.f('ix_attachment_sha256'), table_name='attachment')
    op.drop_column('attachment', 'thumb_size')
    op.drop_column('attachment', 'thumb_sha256')
    op.drop_index(op.f('ix_strange_row_scope_entity_id'), table_name='strange_row')
    op.drop_table('strange_row')
    op.drop_table('pouch_stick')
    op.drop_index(op.f('ix_pouch_maker_peer_number'), table_name='pouch')
    op.drop_table('pouch')
    op.drop_table('peer_position')
    op.drop_table('heal_record')
    op.drop_index(op.f('ix_device_order_scope_id'), table_name='device_order')
    op.drop_table('device_order')
    op.drop_table('device_contact')
    op.drop_table('centre_receipt')
    op.drop_table('blob_chunk')


def _cut_blobs_into_chunks() -> None:
    """What was kept whole until now becomes one chunk."""
    op.execute('INSERT INTO blob_chunk (sha256, at, content) SELECT sha256, 0, content FROM blob')
    op.execute('UPDATE blob SET size = length(content)')
    with op.batch_alter_table('blob', schema=None) as batch_op:
        batch_op.alter_column('size', server_default=None)
        batch_op.alter_column('whole', server_default=None)


def _join_chunks() -> None:
    """The first schema of blobs knows whole ones only: those that had not arrived wholly are asked for again."""
    op.execute('DELETE FROM blob WHERE NOT whole')
    op.add_column('blob', sa.Column('content', sa.LargeBinary(), nullable=True))
    connection = op.get_bind()
    for (sha256,) in connection.execute(sa.text('SELECT sha256 FROM blob')).all():
        chunks = connection.execute(
            sa.text('SELECT content FROM blob_chunk WHERE sha256 = :name ORDER BY at'), {'name': sha256}
        )
        content = b''.join(bytes(chunk) for (chunk,) in chunks)
        connection.execute(
            sa.text('UPDATE blob SET content = :content WHERE sha256 = :name'), {'content': content, 'name': sha256}
        )
    with op.batch_alter_table('blob', schema=None) as batch_op:
        batch_op.alter_column('content', existing_type=sa.LargeBinary(), nullable=False)


def _spread_the_log() -> None:
    """PostgreSQL keeps the log in partitions by scope."""
    op.execute('ALTER TABLE batch_log RENAME TO batch_log_old')
    op.execute('ALTER INDEX pk_batch_log RENAME TO pk_batch_log_old')
    op.execute('ALTER INDEX ix_batch_log_scope_device_last_sequence RENAME TO ix_batch_log_old')
    _create_log('HASH (scope)')
    for number in range(_PARTITIONS):
        op.execute(
            f'CREATE TABLE batch_log_p{number} PARTITION OF batch_log'
            f' FOR VALUES WITH (MODULUS {_PARTITIONS}, REMAINDER {number})'
        )
    _move_log()


def _gather_the_log() -> None:
    op.execute('ALTER TABLE batch_log RENAME TO batch_log_old')
    op.execute('ALTER INDEX pk_batch_log RENAME TO pk_batch_log_old')
    op.execute('ALTER INDEX ix_batch_log_scope_device_last_sequence RENAME TO ix_batch_log_old')
    _create_log()
    _move_log()


def _move_log() -> None:
    op.execute(f'INSERT INTO batch_log ({_LOG_COLUMNS}) SELECT {_LOG_COLUMNS} FROM batch_log_old')
    op.drop_table('batch_log_old')


def _create_log(partition_by: str | None = None) -> None:
    op.create_table('batch_log',
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('device', sa.BigInteger(), nullable=False),
    sa.Column('first_sequence', sa.BigInteger(), nullable=False),
    sa.Column('last_sequence', sa.BigInteger(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('payload', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', tarahum_desktop.models.types.UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('scope', 'position', name=op.f('pk_batch_log')),
    postgresql_partition_by=partition_by
    )
    op.create_index(
        op.f('ix_batch_log_scope_device_last_sequence'), 'batch_log', ['scope', 'device', 'last_sequence'], unique=False
    )
