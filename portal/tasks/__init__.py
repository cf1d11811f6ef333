"""The board: cards, their state and timeliness, agencies' work on them, evidence, comments, history."""
