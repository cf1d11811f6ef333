"""Mail that comes back: where to, what it says, what follows from it."""
