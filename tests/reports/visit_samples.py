"""Invented visits the report tests print."""

from dataclasses import replace
from datetime import UTC, date, datetime
from math import cos, sin

from tarahum_desktop.reports.visit_report.content import (
    ConsentLine,
    Inmate,
    Member,
    Need,
    Printing,
    Rating,
    Signature,
    Stroke,
    VisitHeader,
    VisitReport,
)

DOMAINS = (
    ("housing", "السكن", 3, "آمن"),
    ("income", "الدخل وإدارة المال", 1, "في أزمة"),
    ("debt", "الديون والمطالبات", 2, "هش"),
    ("employment", "العمل", 1, "في أزمة"),
    ("food", "الغذاء", 3, "آمن"),
    ("physical_health", "الصحة الجسدية", 4, "بناء القدرة"),
    ("mental_health", "الصحة النفسية", 2, "هش"),
    ("recovery", "التعافي", None, ""),
    ("children_education", "تعليم الأبناء", 4, "بناء القدرة"),
    ("adult_skills", "مهارات البالغين", 2, "هش"),
    ("family_relations", "العلاقات الأسرية", 5, "مكتفٍ"),
    ("community", "القبول المجتمعي", 3, "آمن"),
    ("legal", "الوضع النظامي", 3, "آمن"),
)
NOTE = (
    "الأسرة مستقرّة في سكن مستأجر (شقّة، الدور ٢) والإيجار 1,450 ريالًا شهريًا حتى نهاية سنة 1447هـ. "
    "ذكرت الأم أن ابنها محمّد يدرس في الصف السادس «ب» وأنه بحاجة إلى حقيبة مدرسية، وأن الملف BC-10 (KSA) "
    "ما زال مفتوحًا لدى الجمعية. لا إله إلا الله؛ الحمد لله على كل حال."
)


def waves(shift: float) -> tuple[Stroke, ...]:
    """Strokes that look like a signature."""
    main = tuple((t * 6 + 12 * sin(t / 2 + shift), 40 + 22 * sin(t) * cos(t / 3 + shift)) for t in range(40))
    return (main, ((40.0, 90.0), (200.0, 82.0)), ((120.0, 100.0),))


def arabic_visit() -> VisitReport:
    """A full visit in Arabic."""
    return VisitReport(
        committee="لجنة رعاية السجناء والمفرج عنهم وأسرهم بمنطقة القصيم",
        file_number="QAS-2026-00417",
        head_name="مُنيرة بنت عبدالله الحربي",
        visit=VisitHeader(
            kind="دراسة أولى",
            day=date(2026, 11, 23),
            place="بريدة، حي الإسكان",
            outcome="تمّت الزيارة",
            officers=("سعد بن محمّد العتيبي", "هيا Al-Qahtani"),
            respondent="الأم",
            respondent_phone="+966 50 123 4567",
        ),
        printing=Printing(by="سعد العتيبي", device="LAPTOP-07", at=datetime(2026, 11, 23, 15, 4, tzinfo=UTC)),
        members=(
            Member("مُنيرة بنت عبدالله الحربي", "أم", 41, "1012345672", "ثانوي", 180_000),
            Member("محمّد بن فهد الحربي", "ابن", 12, "1087654321", "ابتدائي", 0),
            Member("شيخة بنت فهد الحربي", "ابنة", 9, "1099887766", "ابتدائي", 0),
            Member("Fatima (فاطمة) Khan", "جدّة", None, "2233445566", "", None),
        ),
        consents=(
            ConsentLine("دراسة الحالة وحفظ بياناتها", True, date(2026, 11, 23)),
            ConsentLine("مشاركة البيانات مع الجهات الشريكة", False, date(2026, 11, 23)),
        ),
        inmate=Inmate(
            "فهد بن سالم الحربي",
            "1044556677",
            "زوج",
            "إصلاحية الحائر",
            "محكوم",
            date(2025, 2, 3),
            date(2027, 8, 30),
        ),
        income_total=180_000,
        expense_total=350_075,
        needs=(
            Need("سداد الإيجار", "الأسرة", "عاجل"),
            Need("حقيبة مدرسية", "محمّد بن فهد الحربي", "عادي"),
            Need("دورة مُعلِّمة رياض أطفال", "مُنيرة بنت عبدالله الحربي", "عادي"),
        ),
        matrix=tuple(Rating(code, label, score, said) for code, label, score, said in DOMAINS),
        risk_flags=("إنذار بالإخلاء خلال 30 يومًا (خطاب المالك رقم ٨٨/أ)",),
        observations=NOTE,
        recommendation="اعتماد سداد إيجار ٣ أشهر، وتحويل الأم إلى برنامج التأهيل، ومتابعة بعد شهر.",
        next_visit=date(2026, 12, 24),
        signatures=(
            Signature("الأم: مُنيرة بنت عبدالله الحربي", waves(0.3)),
            Signature("الباحث: سعد العتيبي"),
        ),
        receipt_number="R-07-000231",
        iban="SA0380000000608010167519",
    )


def english_visit() -> VisitReport:
    """The same visit for an English reader; names stay as they are."""
    visit = arabic_visit()
    return replace(
        visit,
        committee="Committee for prisoners' families, Qassim",
        visit=replace(
            visit.visit,
            kind="First study",
            place="Buraydah (بريدة), Al-Iskan",
            outcome="Done",
            respondent="Mother",
        ),
        members=tuple(replace(one, relation="family", education="") for one in visit.members),
        consents=(ConsentLine("Studying the case", True, date(2026, 11, 23)),),
        inmate=None,
        needs=(Need("Rent", "The family (محمد) and all", "urgent"),),
        matrix=tuple(
            Rating(one.code, one.code.replace("_", " ").capitalize(), one.score) for one in visit.matrix
        ),
        risk_flags=(),
        observations="The flat (شقّة) is rented for SAR 1,450 until 1447هـ; file BC-10 is open.",
        recommendation="Pay three months of rent.",
        signatures=(),
    )


def empty_visit() -> VisitReport:
    """A visit with nothing beyond what is required."""
    visit = arabic_visit()
    return VisitReport(
        committee=visit.committee,
        file_number=visit.file_number,
        head_name=visit.head_name,
        visit=replace(visit.visit, officers=(), respondent_phone=""),
        printing=visit.printing,
    )
