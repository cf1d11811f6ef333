"""Open data: what a unit's wards published, read by other programs with a token, as JSON or CSV (`/api/v1`)."""
