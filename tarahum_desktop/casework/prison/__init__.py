"""The desk inside a prison: who arrives, who leaves or is moved, what is asked for."""
