"""A family's questionnaires on the screen: what can be asked beside the visit, and what was."""
