"""Pictures that belong to a record: of the home and its appliances, never of people or documents."""
