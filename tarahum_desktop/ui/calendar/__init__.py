"""Tasks and calendar: what is due on which day, what is overdue, and who carries how much."""
