"""The paper that travels beside a stick: the number and fingerprint to compare, counts, and who handed it to whom."""
