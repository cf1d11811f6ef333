"""A plan document becomes proposed cards; a person confirms them."""
