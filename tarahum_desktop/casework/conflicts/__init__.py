"""Fields that two people edited without knowing of each other: what each wrote, and whose value stands."""
