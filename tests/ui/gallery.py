"""Every reusable widget on one page, with values of the kinds people type."""

from datetime import date, timedelta

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.domain.dates import parse_partial_date
from tarahum_desktop.ui.shell.screen import Screen, ScreenContext
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.checked_fields import IbanField, MobileField, PersonIdField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.matrix_grid import MatrixDomain, MatrixGrid
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.multi_choice_field import MultiChoiceField
from tarahum_desktop.ui.widgets.note_field import NoteField
from tarahum_desktop.ui.widgets.number_field import NumberField
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField
from tarahum_desktop.ui.widgets.signature_pad import SignaturePad
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.stepper import Step, Stepper, StepState
from tarahum_desktop.ui.widgets.table import Column, DataTable

LEVELS = {1: "في أزمة", 2: "هش", 3: "آمن", 4: "بناء القدرة", 5: "مكتفٍ"}
ANCHORS = {
    1: "بلا مأوى أو مهدد بالإخلاء", 2: "سكن مؤقت أو غير لائق، أو الإيجار يتجاوز 30% من الدخل",
    3: "سكن مستقر آمن لكنه دون الكفاية", 4: "سكن لائق آمن مدعوم من جهة", 5: "سكن لائق آمن من دون دعم",
}  # fmt: skip
DOMAINS = tuple(
    MatrixDomain(code, title, ANCHORS, may_be_not_applicable=skip)
    for code, title, skip in (
        ("housing", "السكن", False), ("income", "الدخل وإدارة المال", False), ("debt", "الديون والمطالبات", False),
        ("work", "العمل", True), ("food", "الغذاء", False), ("health", "الصحة الجسدية", False),
    )
)  # fmt: skip


class GalleryScreen(Screen):
    """One of three pages: fields, lists, matrix."""

    def __init__(self, context: ScreenContext, kind: str) -> None:
        super().__init__(context)
        page = Page(self.kit)
        header = PageHeader(
            self.kit, "أسرة محمد بن عبدالله العتيبي", "ملف ١٠٢٣ · الرياض · آخر زيارة قبل ٣ أشهر"
        )
        header.add_button(button(self.kit, "طباعة", self.update, icon="print"))
        header.add_button(button(self.kit, "زيارة جديدة", self.update, role="primary", icon="add"))
        page.add(header)
        {"fields": self._fields, "lists": self._lists, "matrix": self._matrix}.get(kind, self._lists)(page)
        page.finish()
        self.box.addWidget(page)

    def _fields(self, page: Page) -> None:
        kit = self.kit
        banner = Banner(kit)
        page.add(banner)
        banner.say("هذه المسودة محفوظة على هذا الجهاز، ولم تُرسل بعد.", "attention", "إرسال", self.update)
        card = Card(kit, "بيانات رب الأسرة", icon="user")
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.look.sizes.space_5)
        grid.setVerticalSpacing(kit.look.sizes.space_3)
        birth = PartialDateField(kit, lambda: date(2026, 11, 23))
        birth.set_value(parse_partial_date("1410/7/1"))
        number, money, mobile, iban = (
            NumberField(kit, maximum=20),
            MoneyField(kit),
            MobileField(kit),
            IbanField(kit),
        )
        number.set_value(6)
        money.set_value(350075)
        mobile.set_value("+966501234567")
        iban.set_value("SA0380000000608010167519")
        person_id, name, bad = PersonIdField(kit), LineField(kit), MoneyField(kit)
        person_id.set_value("1023456789")
        name.set_value("محمد بن عبدالله")
        bad.edit.setText("1.234,5")
        bad.edit.setModified(True)
        bad.settle()
        kin = ChoiceField(kit, [Option("wife", "زوجة"), Option("son", "ابن"), Option("mother", "أم")])
        kin.set_value("son")
        city = ChoiceField(kit, [Option(str(i), f"مدينة {i}") for i in range(9)])
        rows = (
            FieldRow(kit, "الاسم", name, required=True), FieldRow(kit, "رقم الهوية", person_id),
            FieldRow(kit, "تاريخ الميلاد", birth), FieldRow(kit, "الجوال", mobile),
            FieldRow(kit, "عدد أفراد الأسرة", number, help_text="كل من يسكن في البيت"),
            FieldRow(kit, "الدخل الشهري", money), FieldRow(kit, "الإيجار", bad), FieldRow(kit, "الآيبان", iban),
            FieldRow(kit, "صلة القرابة", kin), FieldRow(kit, "المدينة", city),
        )  # fmt: skip
        for at, row in enumerate(rows):
            grid.addWidget(row, at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        needs = MultiChoiceField(kit, [Option(w, w) for w in ("سكن", "غذاء", "علاج", "تعليم", "نقل")])
        needs.set_value(["سكن", "علاج"])
        card.add(FieldRow(kit, "الاحتياجات", needs))
        agree = CheckField(kit, "وافقت الأسرة على حفظ بياناتها")
        agree.set_value(True)
        card.add(agree)
        card.add(FieldRow(kit, "ملاحظات", NoteField(kit)))
        page.add(card)

    def _lists(self, page: Page) -> None:
        kit = self.kit
        columns = [
            Column[tuple[str, str, str]]("الأسرة", lambda row: row[0], 3),
            Column[tuple[str, str, str]]("الموعد", lambda row: row[1], 3),
            Column[tuple[str, str, str]]("الجوال", lambda row: row[2], 2),
        ]
        table = DataTable(kit, columns, "زيارات اليوم")
        day = date(2026, 11, 23)
        table.set_rows(
            [
                (f"أسرة رقم {i}", kit.formats.date(day + timedelta(i)), kit.formats.phone(f"+96650123456{i}"))
                for i in range(5)
            ]
        )
        card = Card(kit, "زيارات اليوم", icon="visit")
        table.setMinimumHeight(kit.look.px(240))
        card.add(table)
        page.add(card)
        row = QHBoxLayout()
        for state in ("loading", "empty", "error"):
            panel = StatePanel(kit, QWidget())
            if state == "loading":
                panel.show_loading()
            elif state == "empty":
                panel.show_empty("لا زيارات اليوم", "أضف زيارة من ملف الأسرة.", "فتح الأسر", self.update)
            else:
                panel.show_error("تعذرت القراءة. حاول مرة أخرى.", self.update)
            box = Card(kit)
            box.add(panel)
            row.addWidget(box)
        page.column.addLayout(row)
        buttons = QHBoxLayout()
        for role in ("plain", "primary", "danger", "quiet"):
            buttons.addWidget(button(kit, "حذف المسودة", self.update, role=role, icon="delete"))
        buttons.addStretch(1)
        page.column.addLayout(buttons)

    def _matrix(self, page: Page) -> None:
        kit = self.kit
        beside = QHBoxLayout()
        states: tuple[StepState, ...] = ("done", "part", "problem", "todo", "locked")
        titles = (
            "أ. البيانات الأساسية",
            "ب. أفراد الأسرة",
            "ج. الدخل والمصروف",
            "ل. مصفوفة الاكتفاء",
            "ن. الصحة",
        )
        stepper = Stepper(
            kit,
            [Step(str(i), title, state) for i, (title, state) in enumerate(zip(titles, states, strict=True))],
        )
        stepper.set_current("3")
        side = Card(kit, "الأقسام")
        side.add(stepper)
        side.setFixedWidth(kit.look.px(270))
        beside.addWidget(side)
        column = QVBoxLayout()
        card = Card(kit, "مصفوفة الاكتفاء", icon="chart")
        grid = MatrixGrid(kit, DOMAINS, LEVELS)
        grid.set_value({"housing": 2, "income": 3, "debt": 1, "work": 0})
        card.add(grid)
        column.addWidget(card)
        sign = Card(kit, "توقيع المستفيد", icon="signature")
        pad = SignaturePad(kit)
        pad.set_value([[(0.2, 0.7), (0.3, 0.3), (0.4, 0.7), (0.5, 0.4), (0.7, 0.7)]])
        sign.add(pad)
        column.addWidget(sign)
        beside.addLayout(column, 1)
        page.column.addLayout(beside)
