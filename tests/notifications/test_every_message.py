"""Every e-mail of the product has its three texts and says who gets it."""

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from notifications import messages

TEXTS = ("subject.txt", "body.txt", "body.html")
# Those that bear a code are sent at once and registered nowhere.
ONE_TIME = {
    cls.kind: cls
    for cls in messages.OneTimeMail.__subclasses__()
    if not cls.__module__.startswith("tests.")
}
EVERY_KIND: dict[str, type[messages.Mail]] = {**messages.registered(), **ONE_TIME}


def missing_texts(kind: str) -> list[str]:
    missing = []
    for name in TEXTS:
        try:
            get_template(f"emails/{kind}/{name}")
        except TemplateDoesNotExist:
            missing.append(name)
    return missing


def test_every_message_has_its_three_texts() -> None:
    missing = {kind: missing_texts(kind) for kind in EVERY_KIND}

    assert {kind: names for kind, names in missing.items() if names} == {}


def test_a_message_without_texts_is_noticed() -> None:
    assert missing_texts("carrier_pigeon") == list(TEXTS)


def test_every_message_says_who_gets_it() -> None:
    assert [kind for kind, cls in EVERY_KIND.items() if not _own_docstring(cls)] == []


def test_every_text_belongs_to_a_message() -> None:
    folders = {
        path.name for path in (settings.BASE_DIR / "templates/emails").iterdir() if path.is_dir()
    }

    assert folders - EVERY_KIND.keys() == set()


def _own_docstring(cls: type[messages.Mail]) -> bool:
    # A dataclass without one is given its signature as a docstring.
    return bool(cls.__doc__) and not str(cls.__doc__).startswith(f"{cls.__name__}(")
