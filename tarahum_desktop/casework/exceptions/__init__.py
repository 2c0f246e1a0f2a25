"""Records that cannot all be right once the work of several people came together: found by rules, settled by people."""
