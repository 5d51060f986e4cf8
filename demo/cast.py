"""Who one can enter as, and what there is to see as each; all of them invented."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    programme: str
    name: str
    what: str
    see: str

    @property
    def email(self) -> str:
        return email_of(self.name)


@dataclass(frozen=True)
class Group:
    title: str
    moment: str
    entries: tuple[Entry, ...]


def email_of(name: str) -> str:
    """`Zoé N'Diaye` -> `zoe.ndiaye@example.org`."""
    bare = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    first, _, last = bare.partition(" ")
    return f"{first}.{''.join(c for c in last if c.isalnum() or c == '-')}@example.org"


GROUPS = {
    "ponts-alumni": (
        "Ponts Alumni",
        "La campagne a quatre mois : des points d'étape à faire, un binôme silencieux, une demande d'aide.",
    ),
    "espace-jeunes-anne-frank": (
        "Espace Jeunes Anne Frank",
        "L'année scolaire est lancée : des conventions signées, d'autres à signer, des salles à réserver.",
    ),
    "wementoring": (
        "WeMentoring",
        "Les candidatures sont ouvertes : des dossiers à lire, une charte à accepter engagement par engagement.",
    ),
    "escp-europe-alumni": (
        "ESCP Europe Alumni",
        "L'appariement est en cours : des frais à régler, des propositions qui attendent une réponse, des premiers rendez-vous à prendre.",
    ),
    "sciences-po-alumni": (
        "Sciences Po Alumni",
        "Les cinq mois se terminent : des bilans à faire, des binômes arrivés au bout.",
    ),
    "platform": ("La plateforme", "Pour qui installe Binôme et gère plusieurs associations."),
}

CAST = (
    Entry(
        "ponts-alumni",
        "Hélène Castaing",
        "Coordinatrice de Ponts Alumni",
        "Le tableau de bord, le binôme silencieux et la demande d'aide à traiter.",
    ),
    Entry(
        "ponts-alumni",
        "Bertrand Oury",
        "Mentor chez Ponts Alumni",
        "Un point d'étape à faire après le quatrième entretien.",
    ),
    Entry(
        "ponts-alumni",
        "Inès Belkacem",
        "Mentee chez Ponts Alumni",
        "Ses objectifs, ses entretiens passés et le prochain.",
    ),
    Entry(
        "espace-jeunes-anne-frank",
        "Mariama Sow",
        "Coordinatrice de l'Espace Jeunes",
        "Une convention à signer au nom du centre, les salles et leurs réservations.",
    ),
    Entry(
        "espace-jeunes-anne-frank",
        "Philippe Garnier",
        "Mentor à l'Espace Jeunes",
        "La convention signée à télécharger, la prochaine rencontre au centre.",
    ),
    Entry(
        "espace-jeunes-anne-frank",
        "Linh Tran",
        "Mentoré à l'Espace Jeunes",
        "Une convention qui attend sa signature.",
    ),
    Entry(
        "wementoring",
        "Solène Marchetti",
        "Coordinatrice de WeMentoring",
        "Les candidatures à lire et à décider.",
    ),
    Entry(
        "wementoring", "Fatoumata Diarra", "Mentore chez WeMentoring", "Une candidature envoyée."
    ),
    Entry(
        "wementoring",
        "Camila Ortega",
        "Mentorée chez WeMentoring",
        "Une candidature à terminer et une charte à accepter.",
    ),
    Entry(
        "escp-europe-alumni",
        "Aurélie Vasseur",
        "Pôle carrière d'ESCP Europe Alumni",
        "Un calcul à relire, une proposition déclinée, la liste d'attente, les frais.",
    ),
    Entry(
        "escp-europe-alumni",
        "Kenji Watanabe",
        "Mentor chez ESCP",
        "Une proposition à accepter ou à décliner.",
    ),
    Entry(
        "escp-europe-alumni",
        "Sofia Lindqvist",
        "Mentoré chez ESCP",
        "Un rendez-vous annulé la veille et une nouvelle date à trouver.",
    ),
    Entry(
        "sciences-po-alumni",
        "Ousmane Keïta",
        "Coordinateur de Sciences Po Alumni",
        "Les bilans qui arrivent et les binômes à clore.",
    ),
    Entry(
        "sciences-po-alumni",
        "Margaux Delattre",
        "Mentor chez Sciences Po Alumni",
        "L'entretien de clôture à confirmer.",
    ),
    Entry(
        "sciences-po-alumni",
        "Rayan Chaoui",
        "Mentoré chez Sciences Po Alumni",
        "La fin du parcours et son bilan.",
    ),
    Entry(
        "platform",
        "Dominique Arnaud",
        "Administrateur de la plateforme",
        "L'administration : associations, comptes, courriels en attente.",
    ),
)


def by_programme() -> list[Group]:
    return [
        Group(title, moment, tuple(entry for entry in CAST if entry.programme == key))
        for key, (title, moment) in GROUPS.items()
    ]
