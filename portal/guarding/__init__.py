"""The child-identity guard: finds what would tell who a child is in what people type, and asks them to mask it."""
