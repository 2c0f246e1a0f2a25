"""A referral on paper: what a partner is told about a person, and the notice that a consent was withdrawn."""
