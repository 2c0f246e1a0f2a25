"""Drafts: every finished answer is kept, whatever happens next."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tarahum_desktop.casework.drafts import (
    begin_visit,
    discard_draft,
    flatten,
    list_drafts,
    load_draft,
    save_field,
    save_fields,
)
from tarahum_desktop.casework.errors import DraftMissing, DraftRefused, NotAllowed, RecordMissing
from tarahum_desktop.domain.forms.answers import Answers, FieldPath
from tests.casework.worlds import STAFF, WORDS

PROJECT = Path(__file__).parents[2]


def test_a_saved_answer_is_there_when_the_draft_is_opened_again(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_field(desk, draft, "tenure", "rent")
    save_field(desk, draft, "gps", {"lat": 24_000_000, "lon": 46_000_000})
    loaded = load_draft(desk, draft)
    assert loaded.answers.get("tenure") == "rent"
    assert loaded.answers.get("gps") == {"lat": 24_000_000, "lon": 46_000_000}
    assert loaded.last_path == "gps"
    assert loaded.answers.get("started_at")


def test_rows_keep_the_order_they_were_added_in_whatever_their_ids(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    for row in ("zz", "aa", "mm"):
        save_field(desk, draft, f"debts/{row}", {})
        save_field(desk, draft, f"debts/{row}/debt_type", "personal")
    save_field(desk, draft, "debts/aa", None)
    save_field(desk, draft, "debts/bb/debt_type", "rent")
    assert [row.id for row in load_draft(desk, draft).answers.rows("debts")] == ["zz", "mm", "bb"]


def test_an_emptied_answer_is_gone(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_field(desk, draft, "rooms", 4)
    save_field(desk, draft, "rooms", None)
    assert load_draft(desk, draft).answers.get("rooms") is None


def test_answers_taken_over_come_back_equal(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    given = Answers("social-study-2").with_value(FieldPath("tenure"), "rent").with_row("debts", "d2")
    given = given.with_value(FieldPath("debts", "d1", "debt_amount"), 500).with_row("debts", "d0")
    save_fields(desk, draft, flatten(given))
    loaded = load_draft(desk, draft).answers
    assert loaded.rows("debts") == given.rows("debts")
    assert loaded.get("tenure") == "rent"


def test_beginning_twice_goes_on_with_the_same_draft(office):
    desk = office.desk()
    assert begin_visit(desk, office.household) == begin_visit(desk, office.household)
    assert len(list_drafts(desk)) == 1


def test_the_list_of_drafts_names_the_family(office):
    desk = office.desk()
    begin_visit(desk, office.household)
    line = list_drafts(desk)[0]
    assert (line.file_number, line.head_name) == ("RYD-2026-12-00001", "فاطمة بنت سعد الغامدي")


def test_a_discarded_draft_is_gone_and_says_so(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    discard_draft(desk, draft)
    assert list_drafts(desk) == []
    for gone in (load_draft, discard_draft):
        with pytest.raises(DraftMissing):
            gone(desk, draft)
    with pytest.raises(DraftMissing):
        save_field(desk, draft, "tenure", "rent")


def test_nobody_reads_or_writes_another_persons_draft(office):
    draft = begin_visit(office.desk(), office.household)
    with pytest.raises(DraftMissing):
        load_draft(office.desk("supervisor"), draft)
    with pytest.raises(DraftMissing):
        save_field(office.desk("supervisor"), draft, "tenure", "rent")


@pytest.mark.parametrize("role", ["clerk", "panel", "stranger", "analyst"])
def test_only_those_who_visit_begin_a_visit(office, role):
    with pytest.raises(NotAllowed) as refused:
        begin_visit(office.desk(role), office.household)
    assert refused.value.code == "not_allowed"


def test_a_family_that_is_not_here_cannot_be_visited(office):
    with pytest.raises(RecordMissing):
        begin_visit(office.desk(), office.child)


@pytest.mark.parametrize(
    "value", [1.5, {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}, "x" * 2_100_000]
)
def test_what_is_no_answer_is_refused_and_the_draft_stays(office, value):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    with pytest.raises(DraftRefused):
        save_field(desk, draft, "observations", value)
    assert load_draft(desk, draft).answers.get("observations") is None


_WRITER = """
import sys, uuid
from pathlib import Path
from tests.casework.worlds import reopen
from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.drafts import save_field
vault, replica = reopen(Path(sys.argv[1]))
desk, draft = open_desk(replica, uuid.UUID(sys.argv[3])), uuid.UUID(sys.argv[2])
for number in range(10_000):
    save_field(desk, draft, f"debts/r{number}/debt_amount", number)
    print(number, flush=True)
"""


@pytest.mark.parametrize("killed_after", [1, 7, 23])
def test_a_kill_between_saved_fields_loses_no_saved_field(office, killed_after):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    folder = office.vault.folder
    office.vault.lock()
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(draft), str(STAFF["officer"])],
        stdout=subprocess.PIPE, text=True, cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    saved = [int(writer.stdout.readline()) for _ in range(killed_after)]
    writer.send_signal(signal.SIGKILL)
    saved += [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    writer.stdout.close()
    from tarahum_desktop.casework.desk import open_desk
    from tests.casework.worlds import reopen

    vault, replica = reopen(folder)
    with vault:
        rows = load_draft(open_desk(replica, STAFF["officer"]), draft).answers.rows("debts")
    kept = [row.get("debt_amount") for row in rows]
    assert kept[: len(saved)] == saved
    assert len(kept) <= len(saved) + 1, "at most the field under way at the kill may be there besides"


def test_the_words_of_a_vault_are_not_in_the_tests_command_line():
    assert WORDS not in _WRITER
