"""How gunicorn serves the portal: `gunicorn -c python:portal.gunicorn portal.wsgi`."""

import os

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
# Threads and not sync workers: a slow client must not hold a whole process.
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# A pooled connection for each thread (see DATABASE_POOL in settings).
raw_env = [f"DATABASE_POOL={os.environ.get('DATABASE_POOL', threads)}"]
timeout = 60
graceful_timeout = 30
keepalive = 5
# Heartbeat files in memory: on a slow disk a worker would look dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# `portal.logs` writes one line a request itself, without addresses and tokens.
accesslog = None
errorlog = "-"
# Nothing steers the server but signals; its socket would want a home folder to lie in.
control_socket_disable = True
