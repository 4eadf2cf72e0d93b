"""The agenda from a pasted table or a file: readers -> rows -> recognised sessions -> steps -> the tables."""
