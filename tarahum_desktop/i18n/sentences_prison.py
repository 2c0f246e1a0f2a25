"""What the prison desk and the courses say when something cannot be done, and what to do then."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

PRISON: Mapping[str, str] = MappingProxyType({
    "arrival_not_ready": msgid("This row is not complete yet. Please mend the marked cells."),
    "arrival_id_missing": msgid("Please write the identity number, or press F8 if there is no document."),
    "arrival_reason_missing": msgid("Please choose why there is no document: press F8."),
    "arrival_name_missing": msgid("Please write the name."),
    "arrival_name_form": msgid("A name has letters only. Please check it."),
    "arrival_name_short": msgid("Only part of the name is known. The full name helps to find the person again."),
    "arrival_name_differs": msgid("This identity number is on record under another name. Press F6 if it is the same person, F7 if it is another."),
    "arrival_status_missing": msgid("Please choose the status: 1 detained, 2 convicted."),
    "arrival_status_unknown": msgid("The status is 1 for detained or 2 for convicted."),
    "custody_release_before_entry": msgid("The release is before the entry. Please check both dates."),
    "custody_entry_in_future": msgid("The day of entry has not come yet. Please check it."),
    "custody_release_in_future": msgid("The day of release has not come yet. It can be recorded on that day."),
    "custody_open_twice": msgid("This person is still inside on record. Please record the release or the transfer first."),
    "custody_stays_overlap": msgid("This stay overlaps another stay of the same person. Please check the dates."),
    "custody_move_outside": msgid("The day of the transfer is outside the stay. Please check it."),
    "custody_not_inside": msgid("This stay has ended already. Please read the list again."),
    "custody_same_facility": msgid("The person is in that facility already. Please choose another."),
    "paste_too_many": msgid("The copied block has {rows} rows. Please copy at most {most} rows at a time."),
    "paste_too_large": msgid("The copied block is too large. Please copy fewer rows."),
    "paste_empty": msgid("There is nothing to paste. Please copy the rows of the sheet first."),
    "paste_unclear": msgid("Neither identity numbers nor names were found. Please copy these columns, with their headings."),
    "request_closed": msgid("This request has its answer already. Please read the list again."),
    "course_title_missing": msgid("Please give the course a name."),
    "course_full": msgid("The course has reached its limit of {most}. Please make another one."),
    "course_ended": msgid("This course is closed. Its attendance can no longer be changed."),
    "course_member_twice": msgid("This person is in the course already."),
    "course_no_sessions": msgid("The course has no session yet. Please add one first."),
    "course_marks_missing": msgid("Marks are still missing: {count}. Please fill the empty cells first."),
    "login_unknown_at_centre": msgid("The centre does not know this user name yet. Please ask for an account, then exchange once more."),
})  # fmt: skip
