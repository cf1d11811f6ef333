"""What stands around the duties: header block, numbers, issuer, signature."""
