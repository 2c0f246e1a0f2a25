"""The published figures: what each counts, and the one SQL that counts it on a desktop and at the centre alike."""

from tarahum_desktop.reports.figures.measures import (
    MEASURES,
    amount_halalas,
    deliveries,
    direct_beneficiaries,
    households_served,
    services_provided,
    visits,
)
from tarahum_desktop.reports.figures.slices import ALL, Dimension, FigureError, Only, Period

__all__ = [
    "ALL",
    "MEASURES",
    "Dimension",
    "FigureError",
    "Only",
    "Period",
    "amount_halalas",
    "deliveries",
    "direct_beneficiaries",
    "households_served",
    "services_provided",
    "visits",
]
