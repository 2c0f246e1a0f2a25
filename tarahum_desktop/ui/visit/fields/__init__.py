"""One file for each kind of question: how its answer is shown and read back by widgets."""
