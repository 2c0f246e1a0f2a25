"""Sentences about serving the office's laptops."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

HUB: Mapping[str, str] = MappingProxyType({
    "hub_not_office": msgid("Only an office's machine can serve laptops. Please do this at the office."),
    "hub_missing": msgid("The office's machine was not found on this network. Please ask whether it is on and told to serve, or type its address."),
    "hub_port_taken": msgid("Another program on this machine uses the place where laptops would call. Please close it, or restart the machine."),
    "hub_foreign": msgid("This office serves the machines of its own committee only. Please exchange with your own office or with the centre."),
    "sequence_taken": msgid("The centre was set back to an older state and wrote again before it had everything back. Please tell your office."),
})  # fmt: skip
