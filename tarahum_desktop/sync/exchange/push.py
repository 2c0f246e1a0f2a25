"""Phase 2: hand over what was written here, batch by batch, each acknowledged by itself."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from sqlalchemy import Engine

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.store_errors import DatabaseAway, DatabaseBusy
from tarahum_desktop.sync.change import BatchHeader
from tarahum_desktop.sync.codec.envelope import Signer, seal_batch
from tarahum_desktop.sync.errors import BatchHeld, RowTaken, SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.carrier import Carrier, LineFailed
from tarahum_desktop.sync.exchange.messages import PushReply, Receipt
from tarahum_desktop.sync.exchange.pace import Pace, timed
from tarahum_desktop.sync.log import confirm_sent, take_batch
from tarahum_desktop.sync.receive import Gate, header_of, hold_batch, hold_reason, receive_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import open_scope, read_vector
from tarahum_desktop.sync.signatures import verify

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Sealed:
    header: BatchHeader
    rows: int
    payload: bytes


_Run = list[_Sealed]


def push_scope(
    replica: Replica,
    carrier: Carrier,
    scope: str,
    after: int,
    pace: Pace,
    centre_key: bytes,
    progress: Progress,
) -> int:
    """Send a scope's unsent changes; returns how many were acknowledged.

    While one batch is on the line (a run of some, where the line is slow) the next is sealed and the last receipt is
    written down. A batch leaves the outbox only for a receipt that covers its last sequence.

    Raises:
        LineFailed: the line broke; what was acknowledged is recorded.
        BatchHeld: the other side keeps a batch unapplied; it and what follows stay in the outbox.
        SyncError: the other side refused, with its code.
    """
    sent = 0
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="push") as line:
        flying: tuple[_Run, Future[tuple[PushReply, float]]] | None = None
        for run in chain(_seal_runs(replica, scope, after, pace), (None,)):
            landed = flying
            covered = _await_receipt(replica, *landed, pace, centre_key) if landed else []
            flying = None if run is None else (run, line.submit(timed, _hand_over, (carrier, run)))
            for sealed in covered:
                sent += _record(replica, sealed, progress)
    return sent


def _hand_over(what: tuple[Carrier, _Run]) -> PushReply:
    carrier, run = what
    if len(run) == 1:
        return carrier.push(run[0].payload)
    return carrier.push_run([sealed.payload for sealed in run])


def _seal_runs(replica: Replica, scope: str, after: int, pace: Pace) -> Iterator[_Run]:
    sealed = _seal_all(replica, scope, after, pace)
    while run := list(islice(sealed, pace.batches)):
        yield run


def _seal_all(replica: Replica, scope: str, after: int, pace: Pace) -> Iterator[_Sealed]:
    while True:
        with replica.engine.execution_options(read_only=True).connect() as connection:
            batch = take_batch(connection, replica.device, replica.schema, scope, after, pace.rows)
        if batch is None:
            return
        payload = seal_batch(batch, replica.signer)
        pace.learn(batch.rows, len(payload))
        yield _Sealed(batch.header, batch.rows, payload)
        after = batch.header.last


def _await_receipt(
    replica: Replica, run: _Run, answer: Future[tuple[PushReply, float]], pace: Pace, centre_key: bytes
) -> _Run:
    """The batches of a run, all of them acknowledged."""
    try:
        reply, seconds = answer.result()
    except LineFailed:
        pace.failed()
        raise
    last = run[-1].header
    check_receipt(reply.receipt, last, centre_key)
    if reply.code == "held":
        raise BatchHeld(scope=last.scope)
    if reply.code != "ok" or reply.receipt.sequence < last.last:
        raise SyncError(reply.code if reply.code != "ok" else "receipt_short", device=replica.device)
    pace.succeeded(seconds, sum(len(sealed.payload) for sealed in run))
    return run


def _record(replica: Replica, sealed: _Sealed, progress: Progress) -> int:
    with replica.engine.begin() as connection:
        book = open_scope(connection, sealed.header.scope)
        confirm_sent(connection, book, sealed.header, sealed.rows, sealed.payload, replica.wall())
    progress(sealed.rows)
    return sealed.rows


def check_receipt(receipt: Receipt, header: BatchHeader, centre_key: bytes) -> None:
    """A receipt counts only under the pinned key and for our device and scope."""
    if receipt.scope != header.scope or receipt.device != header.device:
        raise SyncError("receipt_foreign")
    if not verify(centre_key, receipt.signature, receipt.signed_bytes()):
        raise SyncError("receipt_signature")


_REFUSED: Final = "refused"


def answer_push(
    engine: Engine, replica: Replica, device: KnownDevice, payload: bytes, gate: Gate
) -> PushReply:
    """Apply, hold or refuse one batch and say in a signed receipt what is held from its device."""
    header = header_of(payload)
    if not device.may_send(header.scope):
        return PushReply(
            "scope_denied", sign_receipt(replica, Receipt(header.scope, header.device, 0, replica.wall()))
        )
    code = "ok"
    try:
        _receive(engine, replica, payload, gate)
    except (DatabaseAway, DatabaseBusy):
        raise  # nothing is wrong with the batch: it comes again as it is
    except TarahumError as error:
        code = _after_refusal(engine, replica, payload, error)
    with engine.connect() as connection:
        known = read_vector(connection, header.scope).get(header.device, 0)
    return PushReply(code, sign_receipt(replica, Receipt(header.scope, header.device, known, replica.wall())))


def _receive(engine: Engine, replica: Replica, payload: bytes, gate: Gate) -> None:
    """Apply one batch; once more where another scope brought the same row in the same moment: now it is there to see."""
    try:
        with engine.begin() as connection:
            receive_batch(connection, replica, payload, gate)
    except RowTaken:
        with engine.begin() as connection:
            receive_batch(connection, replica, payload, gate)


def _after_refusal(engine: Engine, replica: Replica, payload: bytes, error: TarahumError) -> str:
    reason = hold_reason(error)
    if reason is None:
        return error.code or _REFUSED
    with engine.begin() as connection:
        hold_batch(connection, replica, payload, reason)
    return "held"


def sign_receipt(replica: Replica, receipt: Receipt) -> Receipt:
    """The receipt under this replica's signature."""
    signer: Signer = replica.signer
    return replace_signature(receipt, signer.sign(receipt.signed_bytes()))


def replace_signature(receipt: Receipt, signature: bytes) -> Receipt:
    """The same receipt with a signature."""
    return Receipt(receipt.scope, receipt.device, receipt.sequence, receipt.time, signature)
