"""The queues: every named job is put into its queue when its time comes, and done by a worker of that queue."""

import asyncio
import logging
import signal
from collections.abc import Callable

from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector

from menling.jobs.named import DEADLINES, JOBS, Job
from menling.premises.clock import now

logger = logging.getLogger("menling.jobs")
QUEUES = {"deadlines": [DEADLINES], "others": sorted({job.queue for job in JOBS.values()} - {DEADLINES})}
"""Workers and their queues: deadlines never wait behind anything else."""


def build_app() -> DjangoApp:
    """Return an app that knows every named job, due by its cron, at most one of each waiting at a time."""
    # procrastinate tells every start and end, six times a minute and job
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    app = DjangoApp(connector=DjangoConnector())
    for job in JOBS.values():
        task = app.task(name=job.name, queue=job.queue, queueing_lock=job.name)(_carried_out(job))
        app.periodic(cron=job.cron)(task)
    return app


def _carried_out(job: Job) -> Callable[[int], None]:
    def carry_out(timestamp: int) -> None:
        for line in job.run(now()):
            logger.info("%s: %s", job.name, line)

    return carry_out


def work() -> None:
    """Work until told to stop by SIGTERM or SIGINT; jobs under way are finished first."""
    asyncio.run(_work(build_app()))


async def _work(app: DjangoApp) -> None:
    with app.replace_connector(DjangoConnector().get_worker_connector()):
        async with app.open_async():
            workers = [asyncio.create_task(_worker(app, name, queues)) for name, queues in QUEUES.items()]
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, _stop, workers)
            await asyncio.gather(*workers, return_exceptions=True)
    for worker in workers:
        if not worker.cancelled() and (error := worker.exception()):
            raise error


async def _worker(app: DjangoApp, name: str, queues: list[str]) -> None:
    # Every job is due again soon and failures are in the log: nothing is kept, so nothing grows.
    await app.run_worker_async(queues=queues, name=name, delete_jobs="always", install_signal_handlers=False)


def _stop(workers: list[asyncio.Task[None]]) -> None:
    for worker in workers:
        worker.cancel()
