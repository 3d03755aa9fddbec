"""An export comes into a drill's installation; run as a program.

python -m tests.drills.bring_export FILE     it is received and queued
python -m tests.drills.bring_export          a worker that loses patience with a silent one after two seconds instead
                                             of sixty, until the export is loaded
"""

import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from handrail.commands.django_setup import set_up_django

set_up_django()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402  Django has to be set up first

from handrail.capabilities.accounts.models import Account  # noqa: E402
from handrail.capabilities.participation.exports.actions import receive_export  # noqa: E402
from handrail.capabilities.participation.models import ExportLoad  # noqa: E402
from handrail.capabilities.people.models import Organisation  # noqa: E402
from handrail.foundation.jobs import queue  # noqa: E402
from handrail.foundation.jobs.worker import run_worker  # noqa: E402


def receive(path: Path) -> None:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    receive_export(by=Account.objects.earliest("pk"), organisation=Organisation.objects.earliest("pk"), file=file)


def work() -> None:
    queue.SILENT_AFTER = timedelta(seconds=2)
    stop = threading.Event()
    threading.Thread(target=run_worker, args=(stop,), kwargs={"idle_seconds": 0.1}, daemon=True).start()
    while ExportLoad.objects.exclude(state=ExportLoad.State.DONE, stored_name="").exists():
        time.sleep(0.05)
    stop.set()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        receive(Path(sys.argv[1]))
    else:
        work()
