"""Every kind of message this product sends, written by the product itself, to be looked at and checked."""
