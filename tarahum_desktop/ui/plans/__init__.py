"""Plans on the screen: one family's plan, the queue of what waits for a decision, and the committee's minute."""
