"""Makes the keys of an installation: the one that proves, the one that seals. Pure files.

A certificate authority signs the seal's certificate, then its own key is forgotten: nobody can
make another seal in its name.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from charters.proof import id_of

PROOF_KEY, SEAL_KEY, SEAL, AUTHORITY = "proof.key", "seal.key", "seal.pem", "authority.pem"
# Certificates of seals put aside; authorities of others who date our seals.
FORMER, TRUSTED = "former", "trusted"
FORMER_PROOF_KEYS = "proof-former"
# Seals of associations, in a folder each, named by slug.
ORGANISATIONS = "organisations"
_VALID_FOR = timedelta(days=3653)


def make_proof_key(folder: Path, name: str = PROOF_KEY) -> Path:
    """A random key of 32 bytes that only its owner reads; raise FileExistsError rather than replace."""
    return _write_secret(folder / name, secrets.token_hex(32).encode())


def replace_proof_key(folder: Path) -> None:
    """A new key for what is proved from now on; the one before stays, to check what it proved."""
    key = folder / PROOF_KEY
    content = key.read_bytes()
    _write_secret(folder / FORMER_PROOF_KEYS / f"{id_of(content.strip())}.key", content)
    fresh = make_proof_key(folder, name=f"{PROOF_KEY}.new")
    fresh.replace(key)


def make_seal(folder: Path, *, name: str, at: datetime) -> None:
    """A P-256 key, its certificate and the authority's; a seal there already is set aside.

    What the former one sealed stays valid: its certificates are kept in `former/`.
    """
    _set_aside(folder, at)
    authority_key, seal_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _named(f"{name} – autorité")
    authority = (
        _certificate(issuer, issuer, authority_key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    seal = (
        _certificate(_named(name), issuer, seal_key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )
    pem = seal_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write_secret(folder / SEAL_KEY, pem)
    (folder / AUTHORITY).write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    (folder / SEAL).write_bytes(seal.public_bytes(serialization.Encoding.PEM))


def use_seal(
    folder: Path,
    *,
    key: bytes,
    certificate: bytes,
    authorities: bytes,
    passphrase: str | None,
    at: datetime,
) -> None:
    """Seal from now on with a key and certificate obtained elsewhere; raise ValueError if they do not fit."""
    private = serialization.load_pem_private_key(key, passphrase.encode() if passphrase else None)
    seal = x509.load_pem_x509_certificate(certificate)
    x509.load_pem_x509_certificates(authorities)
    if private.public_key() != seal.public_key():
        raise ValueError("the key is not that of the certificate")
    if not seal.not_valid_before_utc <= at <= seal.not_valid_after_utc:
        raise ValueError(f"it is valid until {seal.not_valid_after_utc:%Y-%m-%d} only")
    _set_aside(folder, at)
    _write_secret(folder / SEAL_KEY, key)
    (folder / AUTHORITY).write_bytes(authorities)
    (folder / SEAL).write_bytes(certificate)


def valid_until(folder: Path) -> datetime:
    """Until when the seal there may be put."""
    return x509.load_pem_x509_certificate((folder / SEAL).read_bytes()).not_valid_after_utc


def _set_aside(folder: Path, at: datetime) -> None:
    if not (folder / SEAL).exists():
        return
    former = folder / FORMER / f"{at:%Y%m%dT%H%M%S}"
    former.mkdir(parents=True)
    for name in (SEAL, AUTHORITY):
        if (folder / name).exists():
            (folder / name).rename(former / name)
    (folder / SEAL_KEY).unlink()


def _write_secret(path: Path, content: bytes) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(content)
    return path


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + _VALID_FOR)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
