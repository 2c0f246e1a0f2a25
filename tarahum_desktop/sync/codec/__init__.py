"""How a batch looks as bytes: columns, then compression, then a signed envelope."""
