"""Chung Tay: a ward's child-protection plan as a living board."""
