"""The screen before everything else: who you are, or how this machine joins."""
