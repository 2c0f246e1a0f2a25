"""What is said about pouches and sticks: what is wrong, that nothing is lost, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

POUCH: Mapping[str, str] = MappingProxyType(
    {
        "pouch_unreadable": msgid(
            "This file is not a pouch. Nothing was changed; please choose another file."
        ),
        "pouch_half_copied": msgid(
            "Only {percent}% of this pouch was copied. Nothing was changed; please copy it again from the start."
        ),
        "pouch_damaged": msgid(
            "This pouch was damaged on its way. Nothing was changed; please ask for it to be written again."
        ),
        "pouch_foreign": msgid(
            "This pouch is sealed for another machine. Nothing was changed; please hand it on to where it belongs."
        ),
        "pouch_tampered": msgid(
            "This pouch is not what its sender signed, so nothing of it was taken. Please tell your office."
        ),
        "pouch_newer": msgid(
            "A newer version of the program wrote this pouch. Nothing was changed; please update this program first."
        ),
        "pouch_expired": msgid(
            "This pouch is too old to be used. Nothing is lost; please ask for a new one."
        ),
        "pouch_maker_unknown": msgid(
            "The machine that wrote this pouch is not known here. Please exchange with the centre first, then read it again."
        ),
        "pouch_maker_revoked": msgid(
            "The machine that wrote this pouch may no longer exchange. Please tell your office."
        ),
        "pouch_too_large": msgid(
            "This pouch is larger than allowed, so nothing of it was taken. Please tell your office."
        ),
        "pouch_no_receiver": msgid(
            "There is no office here to write a pouch for. Please exchange with the centre once, or ask your office."
        ),
        "stick_failed": msgid("The stick cannot be used. Nothing was changed; please try another one."),
        "stick_unregistered": msgid(
            "This stick is not registered. Please use one that your office has registered."
        ),
        "stick_foreign": msgid(
            "This stick is registered for another committee. Please use one of your own office."
        ),
        "stick_retired": msgid(
            "This stick was taken out of use. Please use another one, or register it again."
        ),
        "stick_full": msgid(
            "There is not enough room on the stick. Nothing was changed; please make room or use another one."
        ),
        "stick_read_only": msgid(
            "This stick cannot be written to. Please move its write switch, or use another one."
        ),
        "stick_gone": msgid(
            "The stick was pulled out or does not answer. Nothing here was changed; please put it in and try again."
        ),
        "stick_unfaithful": msgid(
            "The stick did not keep what was written to it. Nothing is lost; please use another stick."
        ),
        "stick_name": msgid("Please give the stick a short name of at most {most} letters."),
        "join_request_unreadable": msgid(
            "This request to join cannot be read. Please write it again on the new machine."
        ),
        "welcome_missing": msgid(
            "There is no welcome for this machine on the stick yet. Please bring the stick back after your office has exchanged with the centre."
        ),
        "join_not_requested": msgid(
            "This machine has not asked to join yet. Please write its request to the stick first."
        ),
        "not_the_centre": msgid(
            "Only the centre can do this. Please exchange with the centre, then try again."
        ),
    }
)
