"""The commands: each a few lines around a function of the pipeline, rendered for people or, with --json, for machines."""

from __future__ import annotations

import errno
import sys

from wirecopy.cli import backfill, explain, feeds, look, options, run
from wirecopy.cli.options import App
from wirecopy.cli.show import fail
from wirecopy.errors import SettingsError, WarehouseBusy, WirecopyError

app = App(
    "wirecopy",
    help="News wires into DuckDB: polls feeds, captures pages, reads datelines, groups copies. See also `wirecopy COMMAND --help`.",
)
app.callback()(options.program)
run.register(app)
backfill.register(app)
look.register(app)
feeds.register(app)
explain.register(app)

EXIT_FAILED, EXIT_USAGE, EXIT_BUSY, EXIT_INTERRUPTED = 1, 2, 75, 130


def main() -> None:
    """Run the command line; every error that a user can cause is one line with its remedy and an exit code."""
    try:
        app()
    except SettingsError as err:
        sys.exit(fail(err, EXIT_USAGE))
    except WarehouseBusy as err:
        sys.exit(fail(err, EXIT_BUSY))
    except WirecopyError as err:
        sys.exit(fail(err, EXIT_FAILED))
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as err:
        sys.exit(fail(_of_system(err), EXIT_FAILED))
    except SystemExit as end:  # what typer makes of Ctrl-C
        if end.code == EXIT_INTERRUPTED:
            print("interrupted; what has landed stays, run the same command again to go on", file=sys.stderr)  # noqa: T201
        raise


_REMEDIES = {
    errno.ENOSPC: "make room on the disk, then run the same command again: nothing that was captured is lost",
    errno.EDQUOT: "make room within your quota, then run the same command again: nothing that was captured is lost",
}


def _of_system(error: OSError) -> WirecopyError:
    """Return what the system refused (a folder that cannot be written, a full disk) as an error with its remedy."""
    remedy = _REMEDIES.get(error.errno or 0, "check that the path exists and that you may write there")
    return WirecopyError(error.strerror or str(error), subject=str(error.filename or ""), remedy=remedy)
