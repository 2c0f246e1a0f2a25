"""One questionnaire as its sheets: a winter clothing survey with a page, a repeat, choices, a total and rules."""

from collections.abc import Mapping, Sequence

Line = tuple[int, Sequence[str]]
AR, EN = "label::Arabic (ar)", "label::English (en)"
HEADINGS = (
    "type", "name", AR, EN, "hint::Arabic (ar)", "hint::English (en)", "required", "relevant", "constraint",
    "constraint_message::Arabic (ar)", "constraint_message::English (en)", "calculation", "default", "parameters",
    "appearance",
)  # fmt: skip


def row(kind: str, name: str = "", ar: str = "", en: str = "", **more: str) -> dict[str, str]:
    return {"type": kind, "name": name, AR: ar, EN: en, **more}


SURVEY = (
    row("start", "start"),
    row("begin_group", "home", "المنزل", "The home"),
    row("date", "asked_on", "تاريخ السؤال", "Asked on", required="yes", constraint=". <= today()", default="today()",
        **{"constraint_message::Arabic (ar)": "التاريخ بعد اليوم.",
           "constraint_message::English (en)": "The day is after today."}),
    row("select_one heating", "heater", "التدفئة", "Heating", required="true()", appearance="minimal",
        **{"hint::Arabic (ar)": "اختر الأهم", "hint::English (en)": "Choose the main one"}),
    row("text", "heater_other", "اذكرها", "Which one", required="${heater} = 'other'", relevant="${heater} = 'other'",
        constraint="string-length(.) > 2"),
    row("note", "about_needs", "نسأل الآن عن حاجات الأطفال.", "Now about what the children need."),
    row("select_multiple need", "needs", "الحاجات", "Needs", relevant="not(${heater} = '1')"),
    row("begin group", "where", "المكان", "Where", relevant="${heater} != ''"),
    row("geopoint", "place", "الموقع", "Place"),
    row("image", "stove", "صورة المدفأة", "Picture of the heater", parameters="kind=appliance",
        relevant="${heater} = 'gas' or ${heater} = 'other'"),
    row("end group"),
    row("end_group"),
    row("begin_repeat", "children", "الأطفال", "Children"),
    row("text", "child_name", "الاسم", "Name", required="yes"),
    row("integer", "child_age", "العمر", "Age", required="yes", constraint=". >= 0 and . < 18"),
    row("decimal", "coat_price", "سعر المعطف", "Price of the coat", relevant="${child_age} > 2",
        constraint=". <= 999.5"),
    row("end_repeat"),
    row("begin_group", "sums", "الخلاصة", "Summary", relevant="selected(${needs}, 'coat') or count(${children}) > 0"),
    row("calculate", "coats", "مجموع المعاطف مع الضريبة", "Coats with tax", calculation="sum(${coat_price}) * 1.15"),
    row("calculate", "each", "لكل طفل", "For each child",
        calculation="if(count(${children}) > 0, ${coats} div count(${children}), 0)"),
    row("end_group"),
)  # fmt: skip
CHOICES = (
    ("list_name", "name", AR, EN),
    ("heating", "1", "لا توجد", "None"),
    ("heating", "gas", "غاز", "Gas"),
    ("heating", "other", "أخرى", "Other"),
    ("need", "coat", "معطف", "Coat"),
    ("need", "غطاء", "غطاء", "Blanket"),
)
SETTINGS = (
    ("form_title::Arabic (ar)", "form_title::English (en)", "form_id", "version", "default_language"),
    ("استبيان كسوة الشتاء", "Winter clothing survey", "winter-clothing", "2026", "Arabic (ar)"),
)


def numbered(rows: Sequence[Sequence[str]]) -> list[Line]:
    return list(enumerate(rows, start=1))


def survey_lines(rows: Sequence[Mapping[str, str]]) -> list[Line]:
    names = [*HEADINGS, *sorted({name for one in rows for name in one} - set(HEADINGS))]
    return numbered([names, *([one.get(name, "") for name in names] for one in rows)])


def sheets(*rows: Mapping[str, str]) -> dict[str, list[Line]]:
    """The whole workbook, with other rows of the survey when some are given."""
    return {
        "survey": survey_lines(rows or SURVEY),
        "choices": numbered(CHOICES),
        "settings": numbered(SETTINGS),
    }
