"""What `manage.py` says of each command of ours."""

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

OURS = sorted((name, app) for name, app in get_commands().items() if app in settings.PRODUCT_APPS)


@pytest.mark.parametrize(("name", "app"), OURS)
def test_a_command_tells_how_it_is_called(
    name: str, app: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In a narrow terminal argparse breaks the usage into lines, and not every text bears it.
    monkeypatch.setenv("COLUMNS", "60")

    told = load_command_class(app, name).create_parser("manage.py", name).format_help()

    assert told.startswith(f"usage: manage.py {name} ")
