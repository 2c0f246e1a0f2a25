"""The care of one case: where it stands, its next steps, the preparation of releases, alerts, its chain."""
