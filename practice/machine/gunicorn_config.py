"""How gunicorn serves Towpath. It is imported once and then forked, so that its workers share memory and start at once."""

import gc
import os
from typing import Any

from practice import env

bind = f"{env.text('TOWPATH_BIND', default='127.0.0.1')}:{env.number('TOWPATH_PORT', default=8000, least=1, most=65535)}"
workers = env.number("TOWPATH_WEB_PROCESSES", default=2, least=1, most=64)
threads = env.number("TOWPATH_WEB_THREADS", default=4, least=1, most=64)
worker_class = "gthread"
preload_app = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - memory, so no disk can stall the heartbeat
timeout = 60
graceful_timeout = 8
keepalive = 5
limit_request_line = 4094
limit_request_fields = 60
forwarded_allow_ips = "127.0.0.1"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Before the fork: what is loaded now stays where it is, so that its pages stay shared."""
    gc.collect()
    gc.freeze()
