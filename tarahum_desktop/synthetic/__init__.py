"""An invented year of work, exact in its totals, for demonstration and tests."""
