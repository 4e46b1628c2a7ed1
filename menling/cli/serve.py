"""`menling serve`"""

import argparse
import socket
import subprocess
import sys
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, with how many hands."""
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes (default: 1)")
    parser.add_argument("--threads", type=int, default=4, help="requests served at once by each process (default: 4)")
    parser.add_argument("--certificate", type=Path, help="certificate file (PEM) for HTTPS")
    parser.add_argument("--key", type=Path, help="its private key (PEM)")
    parser.add_argument("--jobs", action="store_true", help="run the jobs as well, in a process beside the server")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop; 1 when somebody else listens at the address already."""
    with socket.socket(socket.AF_INET6 if ":" in args.address else socket.AF_INET) as probe:
        if probe.connect_ex((args.address, args.port)) == 0:
            print(f"menling: somebody listens on {args.address}:{args.port} already; choose another by --port", file=sys.stderr)
            return 1
    server = Server(
        "menling.wsgi:application",
        address=args.address,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        ssl_cert=args.certificate,
        ssl_key=args.key,
    )
    jobs = subprocess.Popen([sys.executable, "-m", "menling.cli.main", "jobs"]) if args.jobs else None
    try:
        server.serve()
    finally:
        if jobs:
            jobs.terminate()
            jobs.wait()
    return 0
