"""The centre's figures, by the one definition that the desktops' reports use."""

from tarahum_desktop.reports.figures import MEASURES, Period
from tarahum_server.centre import Centre


def centre_figures(centre: Centre, year: int) -> dict[str, int]:
    """Each published figure of a Gregorian year over all committees."""
    period = Period.year(year)
    with centre.engine.execution_options(read_only=True).connect() as connection:
        return {name: measure(connection, period).get((), 0) for name, measure in MEASURES.items()}
