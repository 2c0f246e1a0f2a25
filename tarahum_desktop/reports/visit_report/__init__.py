"""The report of one family visit: its content as plain values and its pages."""
