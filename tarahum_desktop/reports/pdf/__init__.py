"""A small Arabic-first kit for printed pages: fonts, bidirectional lines, tables, page frames."""
