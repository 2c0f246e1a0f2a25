"""Other programs that bring rows from one desktop to another, each run as its makers meant it."""
