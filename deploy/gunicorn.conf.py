"""How the web process serves, here and in production; `--bind` and `--workers` come with the command."""

import os
from pathlib import Path

# In production a proxy buffers what browsers send, and a query on a silent database can hang for ever: only a
# synchronous worker is ended for it, with `timeout`. On one machine browsers come straight to us and open connections
# ahead of need, which would hold a synchronous worker until then; threads leave such a connection waiting.
_local = os.environ.get("PORTAL_ENV") == "local"
worker_class = "gthread" if _local else "sync"
threads = 4 if _local else 1
keepalive = 5 if _local else 0
timeout = 30
graceful_timeout = 10

# The app is made once and shared by the workers; it opens no connection before its first request.
preload_app = True

# No access log: an address may hold the token of a one-tap link.
accesslog = None
errorlog = "-"

# Workers touch a file to say that they live; a slow disk must not make them look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, not a shared folder
control_socket_disable = True

# A little memory lost by each request adds up; workers are renewed one by one.
max_requests = 5000
max_requests_jitter = 500
