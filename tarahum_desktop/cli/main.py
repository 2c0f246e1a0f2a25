"""`tarahum`: the commands and what they are called."""

from typing import Annotated

import typer

from tarahum_desktop.cli.demo import demo_build
from tarahum_desktop.cli.forms import form_check, form_publish
from tarahum_desktop.cli.importing import import_file
from tarahum_desktop.cli.joining import add_user, enrol, vault_new
from tarahum_desktop.cli.pouch import (
    pouch_join,
    pouch_list,
    pouch_read,
    pouch_request,
    pouch_stick,
    pouch_tidy,
    pouch_write,
)
from tarahum_desktop.cli.referring import verify_referral
from tarahum_desktop.cli.terminal import Tongue, terminal_for
from tarahum_desktop.cli.working import find_families, report_visit, status, sync


def run() -> None:
    """Run the command line."""
    make_app()()


def make_app() -> typer.Typer:
    """The commands. Locals are never shown in a traceback: they could hold personal data."""
    app = _group("Tarahum without a window.")
    app.callback()(_choose_language)
    for name, command in (("enrol", enrol), ("sync", sync), ("status", status), ("find", find_families)):
        app.command(name)(command)
    app.command("import")(import_file)
    vault, report, referral, demo = (
        _group("The encrypted store of this machine."),
        _group("Documents."),
        _group("People referred to partners."),
        _group("The invented year."),
    )
    vault.command("new")(vault_new)
    vault.command("add-user")(add_user)
    report.command("visit")(report_visit)
    referral.command("verify")(verify_referral)
    demo.command("build")(demo_build)
    forms = _group("Forms and questionnaires.")
    forms.command("check")(form_check)
    forms.command("publish")(form_publish)
    pouch = _group("Records carried on a stick, where there is no line.")
    pouch.command("write")(pouch_write)
    pouch.command("read")(pouch_read)
    pouch.command("list")(pouch_list)
    pouch.command("stick")(pouch_stick)
    pouch.command("request")(pouch_request)
    pouch.command("join")(pouch_join)
    pouch.command("tidy")(pouch_tidy)
    groups = {
        "pouch": pouch,
        "vault": vault,
        "report": report,
        "referral": referral,
        "form": forms,
        "demo": demo,
    }
    for name, group in groups.items():
        group.callback()(_keep_group)
        app.add_typer(group, name=name)
    return app


def _group(about: str) -> typer.Typer:
    return typer.Typer(help=about, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _choose_language(
    context: typer.Context,
    language: Annotated[
        Tongue, typer.Option("--language", envvar="TARAHUM_LANGUAGE", help="Of sentences and reports.")
    ] = Tongue.ARABIC,
) -> None:
    """Tarahum without a window."""
    context.obj = terminal_for(language)


def _keep_group() -> None:
    """A group with one command stays a group."""
