"""Existing registers brought in: read and checked before anything is saved, saved in bounded strokes, undone as a whole."""
