"""Short messages to telephones: a ward's accounts, the gateways' shapes, texts, receipts."""
