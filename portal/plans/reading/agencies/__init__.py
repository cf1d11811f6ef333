"""Which agency a plan means: names, phrases and what is assigned to whom."""
