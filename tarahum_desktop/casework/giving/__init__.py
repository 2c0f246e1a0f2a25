"""Handing over what was approved, paying it, and knowing what each fund still has."""
