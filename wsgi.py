"""The web process."""

import gc

from portal.app import create_app

app = create_app()

# What was made at start stays: the collector need not look at it again on every pass (performance.md).
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
