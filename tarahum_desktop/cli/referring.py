"""`referral verify`: whether what is kept of a referral is still what was shared."""

import uuid
from typing import Annotated

import typer

from tarahum_desktop.casework.partners.errors import ReferralAltered
from tarahum_desktop.casework.partners.lists import read_referral
from tarahum_desktop.cli.terminal import Folder, Login, PassphraseFd, Terminal
from tarahum_desktop.cli.working import unlocked


def verify_referral(
    context: typer.Context,
    folder: Folder,
    referral: Annotated[uuid.UUID, typer.Argument(help="The referral's reference, as on its letter.")],
    login: Login = "",
    passphrase_fd: PassphraseFd = None,
) -> None:
    """Compare the kept document of a referral with its fingerprint."""
    terminal: Terminal = context.obj
    with unlocked(terminal, folder, login, passphrase_fd) as place:
        line = read_referral(place.desk, referral)
        if not line.intact:
            raise ReferralAltered
        told = terminal.words.t("The kept document is exactly what was shared. Fingerprint: {code}")
        terminal.say(told.format(code=line.fingerprint))
