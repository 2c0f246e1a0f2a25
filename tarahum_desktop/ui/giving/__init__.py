"""Deliveries and payments: what waits to be handed over, what finance is asked to pay, and what each fund still has."""
