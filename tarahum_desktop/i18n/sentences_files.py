"""What is said about pictures and papers whose content is on its way."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

FILES: Mapping[str, str] = MappingProxyType(
    {
        "content_not_here": msgid(
            "This file has not arrived on this machine yet. Please connect to the network and fetch it."
        ),
        "content_not_there": msgid(
            "This file has not reached the centre yet. Please ask the colleague who made it to exchange, then fetch it again."
        ),
        "content_not_fetched": msgid(
            "This file could not be fetched now. Please exchange once, then fetch it again."
        ),
        "blob_damaged": msgid(
            "A file arrived damaged and was not kept. It is fetched again by itself; nothing of your work is lost."
        ),
        "blob_denied": msgid(
            "The centre does not know the record of a file yet. The file is kept here and goes with a later exchange."
        ),
        "blob_size": msgid(
            "A file is not as its record says, so it was not sent. Please tell your administrator."
        ),
        "blob_allowance": msgid(
            "This machine sent as many files today as one day allows. The rest goes tomorrow by itself."
        ),
        "blob_missing": msgid("The centre does not have this file yet. It comes with a later exchange."),
        "blob_sealed": msgid(
            "The centre cannot open its files: its key of files is missing or another one. Please tell your administrator."
        ),
    }
)
