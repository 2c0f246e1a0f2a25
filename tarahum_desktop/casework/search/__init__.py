"""Finding families and persons by name, number, place and state, among hundreds of thousands, while somebody types."""
