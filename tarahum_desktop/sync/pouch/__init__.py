"""The pouch: a numbered, sealed file that takes part in exchanges where there is no line, such as on a memory stick."""
