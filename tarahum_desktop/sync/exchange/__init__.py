"""The phases of an exchange, each with the half that asks and the half that answers."""
