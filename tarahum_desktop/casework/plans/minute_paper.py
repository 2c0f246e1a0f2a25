"""The paper of a sitting: filled from its decisions, signed with this machine's key, kept by its hash."""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.attachments.errors import ContentNotHere
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.plans.minute_view import LEFT_OUT, AgendaLine, MinuteFile
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.plan_words import fund_words, level_words, rule_words, verdict_words
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models import Attachment, Committee, Device, Minute
from tarahum_desktop.reports.minute.content import CaseDecision, MinutePaper, Sitter, VerdictTotal
from tarahum_desktop.sync.blobs.store import keep_blob, read_blob
from tarahum_desktop.vault.document_signature import SignedDocument, Signing, sign_document

_DEVICE: Any = Device.__table__
_COMMITTEE: Any = Committee.__table__
_MINUTE: Any = Minute.__table__
OWNER: Final = "minute"
MEDIA_TYPE: Final = "application/pdf"


def signed_paper(desk: Desk, minute: MinuteFile, words: Words, formats: Formatter) -> SignedDocument:
    """Make the pages of a sitting that is about to be signed, and sign them with this machine's key.

    Raises:
        RecordMissing: the centre's record of this machine, with its key, has not arrived here.
    """
    from tarahum_desktop.reports.minute.document import (  # noqa: PLC0415 - the PDF stack takes half a second to load
        render_minute,
    )

    with desk.reading() as connection:
        content = _content(desk, connection, minute, words, formats)
        key = connection.scalar(
            select(_DEVICE.c.signing_key).where(_DEVICE.c.number == desk.replica.device).limit(1)
        )
    if key is None:
        raise RecordMissing(entity="device")
    reason = words.t("Minute {number}").format(number=minute.number)
    signing = Signing(content.signed_by, content.committee, key, content.signed_at, reason)
    return sign_document(render_minute(content, words, formats), desk.replica.signer, signing)


def keep_paper(session: Session, desk: Desk, minute: Minute, paper: SignedDocument) -> None:
    """Keep the signed file here and its record for everybody, in the caller's transaction."""
    keep_blob(session.connection(), paper.content, desk.now())
    session.add(
        Attachment(
            scope=minute.scope, household_id=None, owner_entity=OWNER, owner_id=minute.id, kind=OWNER,
            sha256=paper.sha256, media_type=MEDIA_TYPE, size=len(paper.content), width=None, height=None,
            taken_at=desk.now(),
        )
    )  # fmt: skip


def paper_of(desk: Desk, minute_id: uuid.UUID) -> bytes:
    """The signed file of a sitting; raises RecordMissing, or ContentNotHere when its content has to be fetched."""
    with desk.reading() as connection:
        row = connection.execute(select(_MINUTE).where(_MINUTE.c.id == minute_id)).one_or_none()
        if row is None or row.document_hash is None:
            raise RecordMissing(entity="minute")
        desk.require(Action.PRINT, row.scope)
        content = read_blob(connection, row.document_hash)
    if content is None:
        raise ContentNotHere(row.document_hash)
    return content


def _content(
    desk: Desk, connection: Connection, minute: MinuteFile, words: Words, formats: Formatter
) -> MinutePaper:
    arabic = words.language == "ar"
    committee = connection.execute(
        select(_COMMITTEE).where(_COMMITTEE.c.code == minute.scope).limit(1)
    ).one_or_none()
    named = (committee.name_ar if arabic else committee.name_en) if committee else minute.scope
    device = connection.scalar(select(_DEVICE.c.name).where(_DEVICE.c.number == desk.replica.device).limit(1))
    head = minute.head
    return MinutePaper(
        named, minute.number, level_words(words, minute.level.value), head.held_on, head.place, head.chair,
        tuple(Sitter(one.name, one.office, one.present) for one in head.attendance),
        tuple(_decision(line, words, formats) for line in minute.lines),
        _totals(minute, words), head.note,
        (desk.user.name_ar if arabic else desk.user.name_en) or desk.user.login, desk.now(),
        device or str(desk.replica.device),
    )  # fmt: skip


def _decision(line: AgendaLine, words: Words, formats: Formatter) -> CaseDecision:
    answers = line.answers
    warnings = [rule_words(words, formats, one) for one in (answers.against if answers else ())]
    if warnings and answers and answers.justification:
        warnings.append(words.t("Justification: {words}").format(words=answers.justification))
    verdict = LEFT_OUT if line.left_out else line.verdict.value if line.verdict else ""
    approved = line.verdict is Verdict.APPROVE and not line.left_out
    return CaseDecision(
        line.position, line.file_number, line.person_name, line.service_ar if words.language == "ar" else line.service_en,
        fund_words(words, line.fund), line.asked, line.amount if approved else None, verdict_words(words, verdict),
        line.reason, tuple(warnings),
    )  # fmt: skip


def _totals(minute: MinuteFile, words: Words) -> tuple[VerdictTotal, ...]:
    counted: Mapping[str, list[AgendaLine]] = {
        code: [] for code in (*(one.value for one in Verdict), LEFT_OUT)
    }
    for line in minute.lines:
        counted[LEFT_OUT if line.left_out else line.verdict.value if line.verdict else LEFT_OUT].append(line)
    return tuple(
        VerdictTotal(
            verdict_words(words, code), len(lines),
            sum(line.amount for line in lines) if code == Verdict.APPROVE else None,
        )
        for code, lines in counted.items()
        if lines
    )  # fmt: skip
