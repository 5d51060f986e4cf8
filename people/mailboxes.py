"""One mailbox, several writings: case, and what many providers let stand after a « + »."""


def mailbox_of(email: str) -> str:
    """The address without case nor tag: `Ana+mentorat@Example.org` is `ana@example.org`."""
    local, at, domain = email.strip().lower().rpartition("@")
    name, _plus, _tag = local.partition("+")
    return f"{name or local}{at}{domain}"
