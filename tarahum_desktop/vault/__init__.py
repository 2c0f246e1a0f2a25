"""Who may open the records on this machine, and with what key."""
