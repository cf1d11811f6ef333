"""The local city: its servers, mailbox, assets, supervisor."""
