"""Whatever happens to a pouch on its way is explained, and changes nothing at the place that reads it."""

import dataclasses
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.pouch.header import MAGIC, Header, read_header
from tarahum_desktop.sync.pouch.seal import public_of, seal_stream
from tarahum_desktop.sync.scope_book import read_scopes, read_vector
from tests.sync.pouch.sticks import CENTRE, OFFICE, OTHER_OFFICE, PRISON
from tests.sync.proofs import prove_same, prove_whole
from tests.sync.worlds import SCOPE

DAY_MS = 86_400_000
YEAR_MS = 365 * DAY_MS


def state(replica):
    with replica.engine.connect() as connection:
        books = read_scopes(connection)
        return books, {scope: read_vector(connection, scope) for scope in books}


def refused(country, number, path) -> TarahumError:
    before = state(country.replicas[number])
    with pytest.raises(TarahumError) as error:
        country.read(number, path)
    assert state(country.replicas[number]) == before
    return error.value


def a_pouch(country, count=3):
    country.write_homes(PRISON, count, "P")
    return country.path(country.write(PRISON, OFFICE, (CENTRE,)))


@pytest.mark.parametrize("kept", [0.01, 0.5, 0.999])
def test_a_half_copied_pouch_says_how_much_of_it_is_there(country, kept):
    path = a_pouch(country)
    content = path.read_bytes()
    path.write_bytes(content[: max(60, int(len(content) * kept))])
    assert refused(country, OFFICE, path).code == "pouch_half_copied"


@pytest.mark.parametrize("length", [0, 3, 8, 20, 40])
def test_a_pouch_torn_in_its_first_bytes_is_no_pouch(country, length):
    path = a_pouch(country)
    path.write_bytes(path.read_bytes()[:length])
    assert refused(country, OFFICE, path).code in {"pouch_unreadable", "pouch_half_copied"}


def test_a_flipped_bit_anywhere_is_refused(country):
    path = a_pouch(country)
    content = path.read_bytes()

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(content) - 1), st.integers(0, 7))
    def flipped(at, bit):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
        refused(country, OFFICE, path)

    flipped()
    path.write_bytes(content)
    assert country.read(OFFICE, path).taken.changes == 3


def test_a_pouch_for_another_office_is_named_and_left_alone(country):
    error = refused(country, OTHER_OFFICE, a_pouch(country))
    assert (error.code, error.facts) == (
        "pouch_foreign", {"number": 1, "maker": PRISON, "receiver": OFFICE},
    )  # fmt: skip


def test_a_pouch_whose_outside_was_readdressed_to_another_office_does_not_open_there(country):
    path = a_pouch(country)
    content = path.read_bytes()
    header = read_header(io.BytesIO(content))
    other = dataclasses.replace(header, receivers=(OTHER_OFFICE, CENTRE))
    path.write_bytes(other.pack() + content[len(header.pack()) :])
    assert refused(country, OTHER_OFFICE, path).code == "pouch_foreign"


def test_a_pouch_whose_outside_tells_another_number_is_tampered_with(country):
    path = a_pouch(country)
    content = path.read_bytes()
    header = read_header(io.BytesIO(content))
    path.write_bytes(dataclasses.replace(header, number=9).pack() + content[len(header.pack()) :])
    assert refused(country, OFFICE, path).code == "pouch_tampered"


def test_content_that_somebody_else_sealed_for_the_office_is_not_believed(country):
    path = country.stick / "000009-3-2.tarahum-pouch"
    forged = io.BytesIO()
    seal_stream(io.BytesIO(b"\x00\x00\x00\x09 anything"), forged, [public_of(country.sealing[OFFICE])])
    sealed = forged.getvalue()
    import hashlib

    header = Header(9, PRISON, (OFFICE,), len(sealed), hashlib.sha256(sealed).digest())
    path.write_bytes(header.pack() + sealed)
    assert refused(country, OFFICE, path).code == "pouch_tampered"


@pytest.mark.parametrize("size", [2**31, 2**62])
def test_a_part_that_claims_to_be_huge_is_refused_before_any_memory_is_taken(country, size):
    import hashlib

    import msgspec

    header = msgspec.msgpack.encode((3, size, SCOPE, b"", 0, 0))
    inside = len(header).to_bytes(4) + header
    forged = io.BytesIO()
    seal_stream(io.BytesIO(inside), forged, [public_of(country.sealing[OFFICE])])
    sealed = forged.getvalue()
    path = country.stick / "000009-3-2.tarahum-pouch"
    path.write_bytes(
        Header(9, PRISON, (OFFICE,), len(sealed), hashlib.sha256(sealed).digest()).pack() + sealed
    )
    assert refused(country, OFFICE, path).code == "pouch_too_large"


def test_a_pouch_in_a_form_of_the_future_asks_for_an_update(country):
    path = a_pouch(country)
    content = bytearray(path.read_bytes())
    content[len(MAGIC) : len(MAGIC) + 2] = (99).to_bytes(2)
    path.write_bytes(bytes(content))
    assert refused(country, OFFICE, path).code == "pouch_newer"


def test_a_file_that_is_no_pouch_is_no_pouch(country):
    path = country.stick / "000001-3-2.tarahum-pouch"
    path.write_bytes(b"PK\x03\x04 a zip file with holiday pictures")
    assert refused(country, OFFICE, path).code == "pouch_unreadable"


def test_the_same_pouch_twice_doubles_nothing(country):
    path = a_pouch(country)
    country.read(OFFICE, path)
    before = state(country.replicas[OFFICE])
    again = country.read(OFFICE, path)
    assert again.repeated is not None
    assert again.taken.changes == 0
    assert state(country.replicas[OFFICE]) == before


def test_pouches_read_out_of_order_say_which_is_missing_and_lose_nothing(country):
    first = a_pouch(country, 2)
    country.write_homes(PRISON, 3, "Q")
    second = country.path(country.write(PRISON, OFFICE, (CENTRE,)))
    read = country.read(OFFICE, second)
    assert read.missing == (1,)
    assert read.taken.changes == 5
    late = country.read(OFFICE, first)
    assert (late.taken.changes, late.missing) == (0, ())
    prove_whole(country.replicas[OFFICE])


def test_a_lost_pouch_is_made_up_for_by_the_next_one(country):
    a_pouch(country, 2).unlink()
    country.write_homes(PRISON, 1, "Q")
    assert country.carry(PRISON, OFFICE, (CENTRE,)).taken.changes == 3


def test_an_answer_that_is_too_old_is_refused_but_what_people_wrote_never_is(country):
    path = a_pouch(country)
    country.read(OFFICE, path)
    country.write_homes(OFFICE, 2, "O")
    answer = country.path(country.write(OFFICE, PRISON))
    country.write_homes(PRISON, 1, "Q")
    old = country.path(country.write(PRISON, OFFICE, (CENTRE,)))
    for number in (OFFICE, CENTRE, PRISON):
        country.walls[number].now += 91 * DAY_MS
    assert refused(country, PRISON, answer).code == "pouch_expired"
    assert country.carry(OFFICE, PRISON).taken.changes == 2
    assert country.read(OFFICE, old).taken.changes == 1


def test_an_old_answer_read_late_takes_nothing_back(country):
    country.write_homes(OFFICE, 2, "O")
    old = country.path(country.write(OFFICE, PRISON))
    country.write_homes(OFFICE, 2, "N")
    country.carry(OFFICE, PRISON)
    before = state(country.replicas[PRISON])
    country.read(PRISON, old)
    assert state(country.replicas[PRISON]) == before
    country.meet(OFFICE)
    country.carry(OFFICE, PRISON)
    prove_same([country.replicas[number] for number in (CENTRE, OFFICE, PRISON)])


def test_an_old_snapshot_read_late_takes_nothing_back(country):
    country.write_homes(OFFICE, 2, "O")
    old = country.path(country.write(OFFICE, PRISON))
    country.write_homes(OFFICE, 2, "N")
    assert country.carry(OFFICE, PRISON).taken.rows == 4
    country.write_homes(PRISON, 1, "P")
    before = state(country.replicas[PRISON])
    read = country.read(PRISON, old)
    assert read.taken.rows == 0
    assert SCOPE in read.taken.stale
    assert state(country.replicas[PRISON]) == before


def test_a_revoked_device_is_refused_by_its_office_and_quarantined_by_the_centre(country):
    path = a_pouch(country)
    country.revoke(PRISON)
    country.meet(OFFICE)
    assert refused(country, OFFICE, path).code == "pouch_maker_revoked"


def test_a_maker_nobody_knows_here_is_refused(country):
    path = a_pouch(country)
    stranger = country.stick / "x.tarahum-pouch"
    content = path.read_bytes()
    header = read_header(io.BytesIO(content))
    stranger.write_bytes(dataclasses.replace(header, maker=77).pack() + content[len(header.pack()) :])
    assert refused(country, OFFICE, stranger).code == "pouch_tampered"


@pytest.mark.parametrize("off", [-YEAR_MS, YEAR_MS])
def test_a_prison_whose_clock_is_a_year_wrong_is_set_right_by_the_answer_and_loses_nothing(country, off):
    country.walls[PRISON].now += off
    country.write_homes(PRISON, 3, "P")
    first = country.carry(PRISON, OFFICE, (CENTRE,))
    assert first.taken.clock_ahead == (1 if off > 0 else 0)
    answer = country.carry(OFFICE, PRISON)
    assert answer.clock_set
    country.carry(PRISON, OFFICE, (CENTRE,))
    country.meet(OFFICE)
    country.carry(OFFICE, PRISON)
    prove_same([country.replicas[number] for number in (CENTRE, OFFICE, PRISON)])


def test_an_office_whose_stick_changes_between_checking_and_taking_in_takes_nothing_unchecked(country):
    path = a_pouch(country)
    country.write_homes(PRISON, 9, "Z")
    other = country.path(country.write(PRISON, OFFICE, (CENTRE,))).read_bytes()

    class Turncoat(io.BytesIO):
        """A stick that shows another file the second time."""

        reads = 0

        def seek(self, at, whence=0):
            self.reads += 1
            if self.reads == 2:
                super().seek(0)
                self.truncate()
                self.write(other)
            return super().seek(at, whence)

    reader = country.reader(OFFICE)
    with pytest.raises(TarahumError):
        reader.read(Turncoat(path.read_bytes()), lambda _taken: None)
    prove_whole(country.replicas[OFFICE])


def test_a_disk_that_fills_up_while_reading_loses_nothing_and_reading_goes_on_later(country, monkeypatch):
    from tarahum_desktop.domain.store_errors import DiskFull
    from tarahum_desktop.sync.pouch import take

    path = a_pouch(country, 700)
    real, calls = take.receive_batch, []

    def fill_up(*given):
        calls.append(1)
        if len(calls) == 2:
            raise DiskFull
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(take, "receive_batch", fill_up)
        with pytest.raises(DiskFull):
            country.read(OFFICE, path)
    prove_whole(country.replicas[OFFICE])
    assert country.read(OFFICE, path).taken.changes == 450
    prove_whole(country.replicas[OFFICE])
