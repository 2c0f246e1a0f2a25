"""What can go wrong while the invented year is made."""

from tarahum_desktop.domain.errors import TarahumError


class MarginsImpossible(TarahumError):
    """No whole-number table meets the wanted totals."""

    code = "synthetic_margins_impossible"


class ScaleOutOfRange(TarahumError):
    """The scale is below 0.001 or above 10."""

    code = "synthetic_scale_out_of_range"
