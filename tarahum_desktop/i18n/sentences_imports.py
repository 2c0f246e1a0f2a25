"""What is said about a register that is brought in: what is wrong in a row, and what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

IMPORTS: Mapping[str, str] = MappingProxyType({
    "import_no_name_column": msgid("No column is matched to the name. Please choose which column holds it."),
    "import_key_column_missing": msgid("Families cannot be told apart like this. Please choose the column of the file number, or another layout."),
    "import_nothing_to_save": msgid("There is no row to save. Please look at the errors beside the rows."),
    "import_has_errors": msgid("{rows} rows are not ready, and all or nothing was asked for. Please mend them, or save the good rows alone."),
    "import_running": msgid("An import was cut short on this machine. Please continue it or end it first."),
    "import_not_here": msgid("This import was made on another machine. It can be undone there."),
    "import_undone": msgid("This import was undone before."),
    "import_name_missing": msgid("The name is missing. Please write it."),
    "import_name_form": msgid("A name has letters only. Please take out digits and signs."),
    "import_name_short": msgid("The name is short: the father's or the family name is missing. Please complete it if you can."),
    "import_text_long": msgid("This text is too long. Please shorten it."),
    "import_number_form": msgid("Please write a whole number in digits."),
    "import_word_unknown": msgid("This word is not in our list, so the field stays empty. Please use a word of the list."),
    "import_relation_unknown": msgid("This relation is not known, so it is saved as “other”. Please check it."),
    "import_relation_missing": msgid("The relation to the head is missing, so it is saved as “other”."),
    "import_no_document": msgid("There is no identity number and no reason. Please write one of them, or choose a reason for the whole register."),
    "import_births_differ": msgid("The Hijri and the Gregorian date of birth are not the same day. The Hijri one is saved."),
    "import_formula": msgid("There is a formula in this cell. Its last result is used; please check it."),
    "import_key_missing": msgid("The row does not say which family it is of. Please write the file number or the head's identity number."),
    "import_no_head": msgid("No row of this family says who heads it. Please write the relation of the head."),
    "import_two_heads": msgid("This family has another head in row {row}. Please correct the relation."),
    "import_head_first": msgid("The row of the head of this family (row {row}) is not ready. Please mend it first."),
    "import_id_twice": msgid("This identity number is in row {row} too. Please keep one of them."),
    "import_probably_twice": msgid("This is probably the person of row {row}. Please keep one of them."),
    "import_maybe_twice": msgid("This may be the person of row {row}. Please check it."),
    "import_on_record": msgid("This person is on record already, in file {number}. Please open that file instead."),
    "import_id_of_another": msgid("This identity number is on record under another name (file {number}). Please check the number and the name."),
    "import_probably_on_record": msgid("This is probably a person on record (file {number}). Please compare them first."),
    "import_maybe_on_record": msgid("This may be a person on record (file {number}). Please check it."),
    "import_joins_record": msgid("This person is on record without a family, and is joined to this one."),
    "import_joins_home": msgid("The family is on record (file {number}); this person is added to it."),
})  # fmt: skip
