"""Headquarters publishes a form as data: all or nothing, and what was begun keeps its version."""

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tarahum_desktop.casework.drafts import begin_visit, load_draft
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.form_shelf import STUDY_FORM
from tarahum_desktop.casework.forms.errors import FormNotPublished
from tarahum_desktop.casework.forms.import_xlsform import preview_xlsform
from tarahum_desktop.casework.forms.needed import needed_by_program
from tarahum_desktop.casework.forms.publish import preview_form, publish_form
from tarahum_desktop.casework.forms.versions import differences_to_before, list_forms
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.versions import Change
from tarahum_desktop.models import FormVersion
from tarahum_desktop.reports.sheets.limits import SheetRefused
from tests.casework.forms.offices import hq, with_headquarters
from tests.casework.worlds import Office
from tests.domain.forms.study import FORM, study

WINTER = Path(__file__).parents[2] / "vectors/xlsform/winter-clothing.xlsx"


@pytest.fixture(autouse=True)
def headquarters(office: Office) -> None:
    with_headquarters(office)


def changed(change: Callable[[dict[str, Any]], None], version: int | None = None) -> bytes:
    document = json.loads(FORM.read_bytes())
    document["version"] = study().version + 1 if version is None else version
    change(document)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def add_question(document: dict[str, Any]) -> None:
    document["sections"][0]["fields"].append(
        {"code": "weather", "type": "text", "label": {"ar": "حالة الطقس", "en": "Weather"}}
    )


def count(office: Office) -> int:
    with office.desk().reading() as connection:
        return connection.scalar(select(func.count()).select_from(FormVersion.__table__)) or 0


def test_a_published_version_is_what_new_visits_begin_with(office: Office) -> None:
    made = publish_form(hq(office), changed(add_question))
    assert (made.code, made.version) == (STUDY_FORM, study().version + 1)
    draft = load_draft(office.desk(), begin_visit(office.desk(), office.household))
    assert draft.form_version == made.version


def test_a_draft_keeps_the_version_it_was_begun_with(office: Office) -> None:
    draft = begin_visit(office.desk(), office.household)
    publish_form(hq(office), changed(add_question))
    assert load_draft(office.desk(), draft).form_version == study().version
    assert begin_visit(office.desk(), office.household) == draft


def test_the_list_says_who_published_and_when(office: Office) -> None:
    publish_form(hq(office), changed(add_question))
    (line,) = list_forms(office.desk()).lines
    assert (line.code, line.version, line.by_ar, line.newest) == (
        STUDY_FORM,
        study().version + 1,
        "الأمانة",
        True,
    )
    assert line.published_at is not None
    assert line.published_at.date() == office.desk().now().date()
    assert not list_forms(office.desk()).may_publish
    assert list_forms(hq(office)).may_publish


def test_only_headquarters_publishes(office: Office) -> None:
    for work in (publish_form, preview_form, preview_xlsform):
        with pytest.raises(NotAllowed):
            work(office.desk("supervisor"), changed(add_question))
    assert count(office) == 0


def test_a_document_with_faults_is_refused_as_a_whole_with_all_of_them(office: Office) -> None:
    def spoil(document: dict[str, Any]) -> None:
        add_question(document)
        document["sections"][0]["fields"][-1]["type"] = "slider"
        document["sections"][1]["fields"][0]["visible_when"] = ["eq", "$nobody", 1]
        for section in document["sections"]:
            section["fields"] = [one for one in section["fields"] if one["code"] != "observations"]

    data = changed(spoil)
    with pytest.raises(FormNotPublished) as refused:
        publish_form(hq(office), data)
    found = {one.code: one.line for one in refused.value.problems}
    assert set(found) == {"unknown_field_type", "unknown_field", "needed_field_missing"}
    lines = data.decode().split("\n")
    assert "slider" in lines[found["unknown_field_type"] - 1]
    assert "$nobody" in lines[found["unknown_field"] - 1]
    assert count(office) == 0


def test_a_version_is_published_once(office: Office) -> None:
    publish_form(hq(office), changed(add_question))
    with pytest.raises(FormNotPublished) as refused:
        publish_form(hq(office), changed(add_question))
    assert [one.code for one in refused.value.problems] == ["version_not_later"]
    assert count(office) == 1


def test_a_version_is_compared_with_the_one_before_it(office: Office) -> None:
    publish_form(hq(office), changed(add_question))
    again = changed(lambda _document: None, study().version + 2)
    preview = preview_form(hq(office), again)
    assert preview.before == study().version + 1
    assert [(one.code, one.changes) for one in preview.changes] == [("weather", (Change.REMOVED,))]
    publish_form(hq(office), again)
    assert differences_to_before(office.desk(), STUDY_FORM, study().version + 2) == (
        study().version + 1,
        preview.changes,
    )
    assert count(office) == 2


def test_a_version_this_program_cannot_read_keeps_nobody_from_visiting(office: Office) -> None:
    later = json.loads(FORM.read_bytes()) | {"version": 90}
    later["sections"][0]["fields"][0]["type"] = "hologram"
    office.add(FormVersion(scope="national", code=STUDY_FORM, version=90, document=later))
    draft = load_draft(office.desk(), begin_visit(office.desk(), office.household))
    assert draft.form_version == study().version


def test_a_workbook_becomes_the_next_version_of_its_form(office: Office) -> None:
    desk = hq(office)
    first = preview_xlsform(desk, WINTER)
    assert first.problems == ()
    assert publish_form(desk, first.content).version == 1
    second = preview_xlsform(desk, WINTER.read_bytes())
    assert (second.before, second.changes) == (1, ())
    assert publish_form(desk, second.content).version == 2
    assert read_document(second.content).key == "winter-clothing-2"
    assert count(office) == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"%PDF-1.7", b"type,name\ntext,a"])
def test_what_is_no_workbook_is_refused(office: Office, content: bytes) -> None:
    with pytest.raises(SheetRefused):
        preview_xlsform(hq(office), content)


def test_every_question_the_program_reads_by_name_is_held() -> None:
    """Casework and reports may not come to read a question that a later version may drop."""
    codes = {field.code for field in study().every_field()}
    root = Path(__file__).parents[3] / "tarahum_desktop"
    files = [
        *root.glob("casework/visit_*.py"),
        root / "casework/visits.py",
        root / "casework/amending/amend_facts.py",
    ]
    files += [*root.glob("casework/report_answers.py"), *root.glob("casework/care/visit_alerts.py")]
    read = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    }
    assert read <= set(needed_by_program(STUDY_FORM)) | {"inc_verified"}
    assert set(needed_by_program(STUDY_FORM)) <= codes
