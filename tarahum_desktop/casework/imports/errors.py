"""Why an import was not carried out."""

from tarahum_desktop.casework.errors import CaseworkError


class ImportRefused(CaseworkError):
    """Nothing was saved.

    Codes: ``import_no_name_column``; ``import_nothing_to_save``; ``import_has_errors`` (fact ``rows``) for all or
    nothing; ``import_running`` while another import waits to be continued; ``import_not_here`` for an import of
    another machine; ``import_undone``; ``import_key_column_missing``.
    """

    code = "import_nothing_to_save"
