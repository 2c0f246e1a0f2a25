"""The steps for what lies in a log and not in the other: what offices and pouches brought, and sides set back to a copy."""

from collections.abc import Iterable

from tarahum_desktop.sync.exchange.hello import Greeting
from tarahum_desktop.sync.exchange.mine import is_older_copy
from tarahum_desktop.sync.exchange.relay import (
    ask_vector,
    fetch_receipt,
    must_relay,
    others_vector,
    relay_scope,
    serves,
)
from tarahum_desktop.sync.exchange.running import Running
from tarahum_desktop.sync.exchange.standing import compare, national_first
from tarahum_desktop.sync.exchange.taking import take_scope
from tarahum_desktop.sync.set_back import go_on_behind


def go_on_behind_copy(run: Running, greeting: Greeting) -> bool:
    """Where this machine's files were set back to an older copy: see to it that no number is used twice."""
    if run.is_first_version:
        return False
    moved = False
    for scope, offer in greeting.reply.scopes.items():
        book = greeting.books.get(scope)
        if book is None or offer.acknowledged <= book.acknowledged:
            continue
        with run.replica.engine.execution_options(read_only=True).connect() as connection:
            if not is_older_copy(connection, run.carrier, book, offer.acknowledged):
                continue
        there = ask_vector(run.carrier, scope, run.side).vector.get(run.replica.device, 0)
        with run.replica.engine.begin() as connection:
            go_on_behind(connection, scope, there)
        moved = True
    return moved


def scopes_to_relay(run: Running, greeting: Greeting) -> list[str]:
    """The scopes of whose log the centre may lack something, the one with the devices' keys first."""
    if run.is_first_version:
        return []
    with run.replica.engine.execution_options(read_only=True).connect() as connection:
        found = [
            scope
            for scope, offer in greeting.reply.scopes.items()
            if (book := greeting.books.get(scope)) and must_relay(connection, run.replica, book, offer)
        ]
    return sorted(found, key=national_first)


def relay(run: Running, scopes: Iterable[str]) -> None:
    """Hand on what the other side lacks of these scopes."""
    for scope in scopes:
        run.enter("push")
        theirs = ask_vector(run.carrier, scope, run.side).vector
        if not relay_scope(run.replica, run.carrier, scope, theirs, run.side, run.pushed):
            run.held.add(scope)
        run.moved.add(scope)


def fetch_receipts(run: Running, relayed: Iterable[str]) -> None:
    """The centre's word on what was relayed, and for those who get it from here on everything that moved."""
    with run.replica.engine.execution_options(read_only=True).connect() as connection:
        wanted = {*relayed, *(run.moved if serves(connection) else ())}
    for scope in sorted(wanted):
        fetch_receipt(run.replica, run.carrier, scope, run.side)


def catch_up(run: Running, greeting: Greeting) -> bool:
    """Where digests differ because one side's log was set back and grew again: bring what each lacks."""
    if run.is_first_version:
        return False
    _, disputed = compare(greeting)
    moved = False
    for scope in sorted(disputed, key=national_first):
        theirs = ask_vector(run.carrier, scope, run.side).vector
        with run.replica.engine.execution_options(read_only=True).connect() as connection:
            mine = others_vector(connection, run.replica, scope)
        if any(theirs.get(device, 0) < sequence for device, sequence in mine.items()):
            relay(run, [scope])
            moved = True
        if any(mine.get(other, 0) < theirs[other] for other in theirs if other != run.replica.device):
            run.start_anew(scope)
            take_scope(run, scope, 1)
            moved = True
    return moved
