"""A whole city on one machine: embedded servers, a mailbox, demo data, and what keeps them running."""
