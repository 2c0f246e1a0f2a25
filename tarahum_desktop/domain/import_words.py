"""Words of existing registers, read as the codes of our lists: «ابن» is a son, «متزوجة» is married, «ملك» is owned.

The codes are those of the social study form, so that a family which came with a register opens in a visit like any other.
"""

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.names import fold

HEAD: Final = "self"
_Table = Mapping[str, str]

WORDS: Final[Mapping[str, _Table]] = MappingProxyType({
    "gender": {
        "male": "ذكر|رجل|ذ|م|male|m|man", "female": "أنثى|انثي|امرأة|سيدة|ث|أ|female|f|woman",
    },
    "relation": {
        HEAD: "رب الأسرة|ربة الأسرة|رب أسرة|ربة أسرة|العائل|عائل|عائلة الأسرة|المعيل|نفسه|نفسها|المستفيد|المستفيدة|رئيس الأسرة|head|head of household|self",
        "spouse": "زوجة|زوج|الزوجة|الزوج|زوجه ثانية|wife|husband|spouse",
        "son": "ابن|ابنه الذكر|ولد|الابن|son", "daughter": "ابنة|بنت|الابنة|daughter",
        "father": "أب|والد|الأب|الوالد|father", "mother": "أم|والدة|الأم|الوالدة|mother",
        "brother": "أخ|شقيق|الأخ|brother", "sister": "أخت|شقيقة|الأخت|sister",
        "grandparent": "جد|جدة|grandfather|grandmother|grandparent",
        "grandchild": "حفيد|حفيدة|grandson|granddaughter|grandchild",
        "daughter_in_law": "زوجة الابن|كنة|daughter in law", "foster": "مكفول|مكفولة|foster",
        "other": "أخرى|آخر|قريب|قريبة|other",
    },
    "marital": {
        "married": "متزوج|متزوجة|متزوج ة|married", "divorced": "مطلق|مطلقة|مطلق ة|divorced",
        "widowed": "أرمل|أرملة|أرمل ة|widowed|widow", "single": "أعزب|عزباء|أعزب عزباء|عازب|لم يتزوج|single",
        "deserted": "مهجورة|معلقة|deserted",
    },
    "nationality": {
        "saudi": "سعودي|سعودية|سعوديه الجنسية|السعودية|saudi|saudi arabia|sa|ksa", "resident": "مقيم|مقيمة|غير سعودي|غير سعودية|resident|non saudi",
    },
    "id_kind": {
        "national_id": "هوية وطنية|الهوية الوطنية|هوية|بطاقة أحوال|national id", "iqama": "إقامة|هوية مقيم|iqama|residence permit",
        "gcc_id": "هوية خليجية|gcc id", "passport": "جواز|جواز سفر|passport", "none": "بلا وثيقة|لا يوجد|بدون|none",
    },
    "no_id_reason": {
        "lost": "مفقودة|مفقود|ضائعة|lost", "never_issued": "لم تُصدر|لم يصدر|غير صادرة|never issued",
        "with_authority": "لدى جهة رسمية|محجوزة|with authority", "refused_to_show": "امتنع عن إظهارها|امتنع|refused",
        "not_available": "غير متوفرة الآن|غير متوفرة|غير متوفر|لا يوجد|not available",
    },
    "education": {
        "below_school_age": "دون سن الدراسة|لم يلتحق|below school age", "illiterate": "أمي|أمية|illiterate",
        "reads_writes": "يقرأ ويكتب|تقرأ وتكتب|reads and writes", "primary": "ابتدائي|ابتدائية|الابتدائية|primary",
        "intermediate": "متوسط|متوسطة|المتوسطة|كفاءة|intermediate", "secondary": "ثانوي|ثانوية|الثانوية|secondary|high school",
        "diploma": "دبلوم|diploma", "university": "جامعي|جامعية|بكالوريوس|university|bachelor",
        "postgraduate": "عالٍ|دراسات عليا|ماجستير|دكتوراه|postgraduate|master|phd",
    },
    "enrolment": {
        "attending": "منتظم|منتظمة|طالب|طالبة|يدرس|تدرس|attending|student", "dropped_out": "منقطع|منقطعة|dropped out",
        "not_enrolled": "غير مقيد|غير مقيدة|لا يدرس|not enrolled", "graduated": "تخرج|متخرج|خريج|graduated",
        "not_applicable": "لا ينطبق|not applicable",
    },
    "work": {
        "government": "يعمل حكومي|حكومي|موظف حكومي|موظفة حكومية|government", "private": "يعمل أهلي|قطاع خاص|أهلي|private",
        "self_employed": "عمل حر|أعمال حرة|متسبب|self employed", "job_seeker": "باحث عن عمل|عاطل|عاطلة|لا يعمل|لا تعمل|job seeker|unemployed",
        "student": "طالب|طالبة|student", "homemaker": "ربة منزل|ربة بيت|homemaker|housewife", "retired": "متقاعد|متقاعدة|retired",
        "unable": "عاجز|عاجزة|غير قادر|unable",
    },
    "tenure": {
        "owned": "ملك|مملوك|تمليك|owned", "family_owned": "ملك ورثة أقارب|ملك ورثة|ورث|ملك العائلة|family owned",
        "rent": "إيجار|مستأجر|أجار|ايجار|rent|rented", "charity_housing": "سكن خيري|charity housing",
        "hosted": "استضافة|مع الأهل|hosted", "homeless": "لا سكن|بلا مأوى|homeless",
    },
    "house_type": {
        "flat": "شقة|flat|apartment", "floor": "دور|floor", "villa": "فيلا|فله|villa", "traditional": "شعبي|بيت شعبي|منزل شعبي|traditional",
        "annex_room": "ملحق غرفة|ملحق|غرفة|annex|room", "tent_shack": "خيمة صندقة|خيمة|صندقة|tent|shack",
    },
    "custody_status": {
        "detained": "موقوف|موقوفة|توقيف|detained", "convicted": "محكوم|محكومة|محكوم عليه|سجين|سجينة|نزيل|نزيلة|convicted",
        "released": "مفرج عنه|مفرج عنها|مطلق السراح|خرج|released", "released_temporarily": "مفرج عنه مؤقتًا|إفراج مؤقت|released temporarily",
        "transferred": "منقول|منقولة|transferred", "deceased": "متوفى|متوفاة|deceased",
    },
})  # fmt: skip
"""List to code to its words, divided by a stroke."""

WOMEN: Final = frozenset({"daughter", "mother", "sister", "daughter_in_law"})
MEN: Final = frozenset({"son", "father", "brother"})


def read_word(table: str, text: str) -> str | None:
    """The code of a word or of a code itself, None for a word that is not known."""
    return word_book(table).get(fold(text[:100]))


@functools.cache
def word_book(table: str) -> Mapping[str, str]:
    """Folded word to code, of one list."""
    known: dict[str, str] = {}
    for code, words in WORDS[table].items():
        known.update({fold(word): code for word in words.split("|")})
        known[fold(code)] = code
    return MappingProxyType(known)


def gender_of(relation: str, given: str = "") -> str:
    """What a relation says of somebody's gender, empty when it says nothing; ``given`` is the word in the register."""
    if relation in WOMEN or fold(given) in {fold("زوجة"), fold("ربة الأسرة"), "wife"}:
        return "female"
    return "male" if relation in MEN or fold(given) in {fold("زوج"), "husband"} else ""
