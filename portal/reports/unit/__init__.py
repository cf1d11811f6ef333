"""A unit's report over its wards: gathered from what they published, the same tables on the page and in every file."""
