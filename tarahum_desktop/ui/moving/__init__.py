"""Who has which cases, and families on their way between offices."""
