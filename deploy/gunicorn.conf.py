"""How the web process serves, here and in production; `--bind` and `--workers` come with the command."""

from pathlib import Path

# A query on a silent database can hang for ever: only a synchronous worker is ended for it, with `timeout`.
worker_class = "sync"
timeout = 30
graceful_timeout = 10
keepalive = 0

# No access log: an address may hold the token of a one-tap link.
accesslog = None
errorlog = "-"

# Workers touch a file to say that they live; a slow disk must not make them look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, not a shared folder
control_socket_disable = True

# A little memory lost by each request adds up; workers are renewed one by one.
max_requests = 5000
max_requests_jitter = 500
