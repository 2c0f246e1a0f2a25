"""People registered twice: the warning while typing, the pass over the replica, the decision, the merge and its undoing."""
