"""Damaged letters mended beside the official text, never over it."""
