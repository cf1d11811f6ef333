"""The assignment section turned into duties, from prose and from tables."""
