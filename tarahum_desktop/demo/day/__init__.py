"""One day of an officer, played through the real windows in processes of their own: the way a family's visit travels."""
