"""What wards publish, and what the city sees of it."""
