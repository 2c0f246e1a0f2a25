"""The committee's minute on paper: who sat, what was decided on each case, and lines for the members' signatures."""
