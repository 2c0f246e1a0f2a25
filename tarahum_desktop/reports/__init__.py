"""From rows to figures, and from figures to paper."""
