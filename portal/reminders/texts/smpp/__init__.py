"""SMPP 3.4, the carriers' own way in: submitted over a line that stays open, told of by receipts on another."""
