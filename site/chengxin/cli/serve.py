"""`chengxin serve`: the site and its worker together, on one machine."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click

from chengxin.cli.db import prepare
from chengxin.config import Settings

THREADS = 512
BACKPRESSURE = 600
GRACE = 10
SAMPLE_AUTHORITY = "江州市人力资源和社会保障局"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, help="Number of web processes.")
@click.option("--sample", is_flag=True, help="Fill an empty installation with the invented sample city.")
@click.option("--agencies", default=1284, show_default=True, help="Size of the sample.")
@click.pass_obj
def group(settings: Settings, *, host: str, port: int, workers: int, sample: bool, agencies: int) -> None:
    """Bring the database up to date, then serve the site and run its worker until stopped."""
    if sample:
        _load_sample(settings, agencies)
    else:
        prepare(settings)
    click.echo(f"\n  Site:  http://{host}:{port}/\n  Desk:  http://{host}:{port}/desk/\n", err=True)
    site = _command("granian", *_granian(host, port, workers), "chengxin.app:open_door")
    _run_together([site, _command("chengxin", "work")], _environment(host, port, sample=sample))


def _environment(host: str, port: int, *, sample: bool) -> dict[str, str]:
    """Return what the processes inherit, with the site's own address unless one is set."""
    environment = {"CHENGXIN_BASE_URL": f"http://{host}:{port}", **os.environ}
    if sample:
        friendly = {"CHENGXIN_AUTHORITY": SAMPLE_AUTHORITY, "CHENGXIN_SECOND_FACTOR": "off"}
        environment = {**friendly, **environment, "CHENGXIN_SAMPLE": "on"}
    return environment


def _granian(host: str, port: int, workers: int) -> list[str]:
    return [
        *("--interface", "wsgi", "--factory", "--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", str(THREADS), "--backpressure", str(BACKPRESSURE), "--no-ws"),
        *("--log-level", "error"),
    ]


def _command(name: str, *arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / name), *arguments]


def _load_sample(settings: Settings, agencies: int) -> None:
    from chengxin.cli.sample import load  # noqa: PLC0415 (only a sample site needs the invented city)

    asked = ["--if-empty", "--agencies", str(agencies)]
    load.main(asked, prog_name="chengxin sample load", standalone_mode=False, obj=settings)


def _run_together(commands: list[list[str]], environment: dict[str, str]) -> None:
    """Run the processes until one ends or a signal comes, then stop them all."""
    running = [subprocess.Popen(each, env=environment) for each in commands]  # noqa: S603 (our own commands)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(each.poll() is None for each in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        for each in running:
            each.terminate()
        for each in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                each.wait(GRACE)
    if any(each.returncode not in (0, -signal.SIGTERM, -signal.SIGINT) for each in running):
        raise click.ClickException("the site or its worker ended unexpectedly")
