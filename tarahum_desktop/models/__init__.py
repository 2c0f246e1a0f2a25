"""Tables every replica shares, and the engines below them."""
