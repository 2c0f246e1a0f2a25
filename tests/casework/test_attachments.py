"""Pictures of the home: kept at once, bare of notes, on record when the visit is submitted."""

import hashlib

import pytest
from sqlalchemy import func, select

from tarahum_desktop.casework.attachments.picture import Picture, PictureRefused, check_picture
from tarahum_desktop.casework.attachments.pictures import (
    household_pictures,
    keep_picture,
    picture_content,
    picture_or_thumb,
    visit_pictures,
)
from tarahum_desktop.casework.drafts import begin_visit, discard_draft, load_draft, save_field
from tarahum_desktop.casework.errors import DraftMissing
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.models import Attachment, Blob
from tarahum_desktop.sync.blobs.store import drop_blob
from tests.casework.answers import a_draft
from tests.casework.worlds import reopen

JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
BARE = b"\xff\xd8" + JFIF + b"\xff\xda\x00\x02" + b"picture" + b"\xff\xd9"
EXIF = b"\xff\xd8" + JFIF + b"\xff\xe1\x00\x10Exif\x00\x00GPSxxxx" + b"\xff\xda\x00\x02\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n"
IEND = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def a_picture(content=BARE, kind="dwelling_outside", **values):
    given = {"media_type": "image/jpeg", "width": 800, "height": 600} | values
    return Picture(kind, content, **given)


def counted(office, entity):
    with office.replica.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(entity.__table__))


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (a_picture(kind="national_id"), "picture_kind"),
        (a_picture(kind="person"), "picture_kind"),
        (a_picture(EXIF), "picture_has_notes"),
        (a_picture(b"\xff\xd8\xff\xfe\x00\x04hi\xff\xda\x00\x02"), "picture_has_notes"),
        (a_picture(PNG + b"\x00\x00\x00\x02tEXthixxxx" + IEND, media_type="image/png"), "picture_has_notes"),
        (a_picture(PNG + IEND + b"tail", media_type="image/png"), "picture_has_notes"),
        (a_picture(b"%PDF-1.7"), "picture_unreadable"),
        (a_picture(b""), "picture_unreadable"),
        (a_picture(b"\xff\xd8"), "picture_unreadable"),
        (a_picture(media_type="image/heic"), "picture_unreadable"),
        (a_picture(BARE + bytes(200 * 1024)), "picture_too_large"),
        (a_picture(width=1281), "picture_too_large"),
        (a_picture(height=0), "picture_unreadable"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_its_reason(picture, code):
    with pytest.raises(PictureRefused) as refused:
        check_picture(picture)
    assert refused.value.code == code


def test_a_bare_jpeg_and_a_bare_png_may_be_kept():
    check_picture(a_picture())
    check_picture(a_picture(PNG + IEND, media_type="image/png"))


def test_a_picture_is_on_disk_before_the_answer_names_it_and_survives_a_power_cut(office, tmp_path):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    kept = keep_picture(desk, draft, a_picture())
    save_field(desk, draft, "dwelling_photos", (kept,))
    office.vault.lock()
    vault, replica = reopen(tmp_path / "vault")
    with vault:
        office.replica = replica
        again = office.desk()
        (named,) = load_draft(again, draft).answers.get("dwelling_photos")
        assert named["sha256"] == hashlib.sha256(BARE).hexdigest()
        assert picture_content(again, bytes.fromhex(named["sha256"])) == BARE


def test_a_submitted_visit_lists_its_pictures_and_signs_their_hashes(office):
    desk, draft = office.desk(), a_draft(office)
    kept = keep_picture(desk, draft, a_picture(kind="damage"))
    save_field(desk, draft, "dwelling_photos", (kept,))
    visit = submit_visit(desk, draft).visit_id
    (line,) = visit_pictures(desk, visit)
    assert (line.kind, line.size, line.here, line.visit_id) == ("damage", len(BARE), True, visit)
    assert [one.id for one in household_pictures(desk, office.household)] == [line.id]
    assert picture_content(desk, line.sha256) == BARE
    assert visit_pictures(office.desk("stranger"), visit) == []
    assert picture_content(office.desk("stranger"), line.sha256) is None


def test_the_next_visit_does_not_begin_with_the_last_ones_pictures(office):
    desk, draft = office.desk(), a_draft(office)
    save_field(desk, draft, "dwelling_photos", (keep_picture(desk, draft, a_picture()),))
    submit_visit(desk, draft)
    assert load_draft(desk, begin_visit(desk, office.household)).answers.get("dwelling_photos") is None


def test_a_discarded_draft_takes_its_pictures_with_it_but_none_that_another_record_names(office):
    desk, draft = office.desk(), a_draft(office)
    save_field(desk, draft, "dwelling_photos", (keep_picture(desk, draft, a_picture()),))
    submit_visit(desk, draft)
    other = BARE.replace(b"picture", b"another")
    second = begin_visit(desk, office.household)
    both = (keep_picture(desk, second, a_picture()), keep_picture(desk, second, a_picture(other)))
    save_field(desk, second, "dwelling_photos", both)
    assert counted(office, Blob) == 2
    discard_draft(desk, second)
    assert (counted(office, Blob), counted(office, Attachment)) == (1, 1)


def test_another_persons_draft_takes_no_pictures(office):
    draft = begin_visit(office.desk(), office.household)
    with pytest.raises(DraftMissing):
        keep_picture(office.desk("supervisor"), draft, a_picture())


THUMB = b"\xff\xd8" + JFIF + b"\xff\xda\x00\x02" + b"small" + b"\xff\xd9"


def test_a_small_copy_with_notes_or_too_large_is_refused():
    for thumb, code in ((EXIF, "picture_has_notes"), (THUMB + bytes(8 * 1024), "picture_too_large")):
        with pytest.raises(PictureRefused) as refused:
            check_picture(a_picture(thumb=thumb))
        assert refused.value.code == code


def test_the_record_names_the_small_copy_which_is_shown_until_the_picture_is_here(office):
    desk = office.desk()
    draft = a_draft(office, desk)
    kept = keep_picture(desk, draft, a_picture(thumb=THUMB))
    save_field(desk, draft, "dwelling_photos", (kept,))
    submit_visit(desk, draft)
    (line,) = visit_pictures(desk, draft)
    assert line.thumb_sha256 == hashlib.sha256(THUMB).digest()
    with office.replica.engine.begin() as connection:
        drop_blob(connection, line.sha256)
    assert picture_content(desk, line.sha256) is None
    assert picture_or_thumb(desk, line.sha256) == THUMB
    assert not visit_pictures(desk, draft)[0].here


def test_a_draft_that_is_discarded_takes_its_small_copies_along(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    kept = keep_picture(desk, draft, a_picture(thumb=THUMB))
    save_field(desk, draft, "dwelling_photos", (kept,))
    assert counted(office, Blob) == 2
    discard_draft(desk, draft)
    assert counted(office, Blob) == 0
