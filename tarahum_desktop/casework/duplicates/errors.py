"""Why a merge or its undoing was not carried out."""

from tarahum_desktop.casework.errors import CaseworkError


class MergeRefused(CaseworkError):
    """Codes ``merge_same_record``, ``merge_already``, ``merge_two_ids``, ``merge_two_scopes``, ``merge_undone``."""

    code = "merge_refused"
