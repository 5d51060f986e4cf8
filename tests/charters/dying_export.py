"""An export in a process of its own, for a test that kills it: `python dying_export.py JOB`."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from notifications import jobs

    jobs.run(int(sys.argv[1]))
