"""The office brings in the paper register of a village charity, and finds out by undoing one that it was last year's."""

from collections.abc import Iterator
from typing import Any

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.imports.check import check_register, finished
from tarahum_desktop.casework.imports.checked import Choices
from tarahum_desktop.casework.imports.mapping import Matching, suggest_matching
from tarahum_desktop.casework.imports.register_file import read_register
from tarahum_desktop.casework.imports.saving import Imported, begin_import, go_on
from tarahum_desktop.casework.imports.undo import undo_import
from tarahum_desktop.demo.scenes import DeskOf

_HEADINGS = "رقم الملف,الاسم الرباعي,صلة القرابة,رقم الهوية,تاريخ الميلاد,الجوال,الحي,الإيجار السنوي"
_REGISTER = """
٤١٢,مشاري بن عايض بن سالم الدوسري,رب الأسرة,,١٤٠٢/٠٧/٠١,٠٥٥٠٠٠٤١٢٠,حي السلام,١٤٬٠٠٠
٤١٢,وضحى ناصر راشد الدوسري,زوجة,,1406,,,
٤١٢,عايض مشاري عايض الدوسري,ابن,,12/3/1436,,,
٤١٣,جواهر سعود محمد العتيبي,رب الأسرة,,1399/11/20,0550004130,حي السلام,9500
٤١٣,ريناد فيصل سعود العتيبي,ابنة,,31/2/1439,,,
"""
_OLDER = """
٣٠١,شجاع هادي محمد القحطاني,رب الأسرة,,1395,,حي المنار,
٣٠٢,مزنة علي سعيد الشهراني,رب الأسرة,,1401/5/9,,حي المنار,
"""


def play(desk_of: DeskOf) -> None:
    """The administrator imports two registers and undoes the older one."""
    desk = desk_of("admin")
    older = _bring_in(desk, "سجل الجمعية ١٤٤٦", _OLDER)
    _last(undo_import(desk, older.run_id))
    _bring_in(desk, "سجل الجمعية ١٤٤٨", _REGISTER)


def _bring_in(desk: Desk, title: str, rows: str) -> Imported:
    file = read_register(f"{_HEADINGS}\n{rows.strip()}\n".encode(), title)
    found = suggest_matching(desk, file)
    matching = Matching(found.columns, found.layout, "not_available")
    choices = Choices(desk.user.committee_code or "")
    begin_import(desk, finished(check_register(desk, file, matching, choices)))
    done = _last(go_on(desk))
    assert isinstance(done, Imported)
    return done


def _last(steps: Iterator[Any]) -> Any:
    last = None
    for found in steps:
        last = found
    return last
