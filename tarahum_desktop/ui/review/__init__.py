"""What only a person can decide: conflicts, people registered twice, records that cannot all be right."""
