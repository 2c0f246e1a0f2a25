"""Partners and agreements: what each may see, who was referred to whom, and what was shared."""
