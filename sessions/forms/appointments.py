"""When, how long, where, about what: the forms of a date."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from people.clock import PARIS
from people.fields import DayField
from programmes.models import Pair, Room
from programmes.policy.arranging import calendar_step, places_for
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.sentences import every_in_words
from sessions.appointments import Appointment, instant, is_skipped
from sessions.enums import PlaceChoice
from sessions.models import Meeting
from sessions.queries.rooms import rooms_of
from sessions.topics import topic_choices

USUAL_LENGTHS = (30, 45, 60, 75, 90, 105, 120, 150, 180)


def lengths_for(pair: Pair) -> list[int]:
    """The lengths to choose from, within the programme's bounds (D9)."""
    terms = pair.cohort.rules.meetings
    known = {*USUAL_LENGTHS, terms.usual_minutes, terms.least_minutes, terms.most_minutes}
    least, most = terms.least_minutes or 15, terms.most_minutes or 180
    return sorted(m for m in known if m is not None and least <= m <= max(most, least))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: str) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeOfDayInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WhenForm(forms.Form):
    """A day and a time on a clock in Paris, and a length."""

    day = DayField(label=_("Jour"), widget=DayInput())
    time = forms.TimeField(
        label=_("Heure"), help_text=_("Heure de Paris."), widget=TimeOfDayInput()
    )
    minutes = forms.TypedChoiceField(label=_("Durée"), coerce=int)

    def __init__(self, *args: Any, pair: Pair, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.number = number
        lengths = [(minutes, length_in_words(minutes)) for minutes in lengths_for(pair)]
        self.field("minutes", forms.TypedChoiceField).choices = lengths
        self.initial.setdefault("minutes", pair.cohort.rules.meetings.usual_minutes)

    def field(self, name: str, kind: type[Any] = forms.Field) -> Any:
        found = self.fields[name]
        if not isinstance(found, kind):
            raise TypeError(name)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, at = cleaned.get("day"), cleaned.get("time")
        if day and at and is_skipped(day, at):
            self.add_error(
                "time", _("Cette nuit-là, on avance d'une heure : cette heure n'existe pas.")
            )
        return cleaned

    @property
    def starts_at(self) -> datetime:
        return instant(self.cleaned_data["day"], self.cleaned_data["time"])


class PlaceForm(WhenForm):
    """... and a place of a kind that the programme allows, and a topic."""

    no_topic = _("Pas encore choisi")
    place = forms.ChoiceField(label=_("Où ?"), widget=forms.RadioSelect)
    topic = forms.ChoiceField(label=_("Sujet"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(PlaceChoice.choices)
        rules = self.pair.cohort.rules
        self.places = self._places()
        self.field("place").choices = [(p.value, labels[p.value]) for p in self.places]
        if len(self.places) == 1:
            self.initial.setdefault("place", self.places[0].value)
        offered = topic_choices(rules, self.pair.mentee.objectives.all())
        self.field("topic").choices = [("", self.no_topic), *offered]

    def _places(self) -> tuple[PlaceKind, ...]:
        """What the programme allows, without rooms where the organisation lends none."""
        allowed = places_for(self.pair.cohort.rules, self.number)
        others = tuple(place for place in allowed if place is not PlaceKind.ROOM)
        if others and others != allowed:
            organisation = self.pair.cohort.programme.organisation
            return allowed if rooms_of(organisation).exists() else others
        return allowed

    def appointment(self) -> Appointment:
        """What the form says; only once it is valid."""
        given = self.cleaned_data
        return Appointment(
            starts_at=self.starts_at,
            minutes=given["minutes"],
            place=PlaceKind(given["place"]),
            place_name=given.get("place_name", ""),
            address=given.get("address", ""),
            video_link=given.get("video_link", ""),
            topic=given.get("topic", ""),
            room=given.get("room"),
        )


class LogForm(PlaceForm):
    """A meeting that took place: no room to book, no address to find."""

    no_topic = _("Sans précision")
    field_order = ["day", "time", "minutes", "place", "topic"]


class AppointmentForm(PlaceForm):
    """A date to propose: with the room, the address or the link.

    `free_rooms` narrows the rooms to choose from to those that are free.
    """

    room = forms.ModelChoiceField(
        label=_("Salle"),
        queryset=Room.objects.none(),
        required=False,
        empty_label=_("Choisir une salle…"),
    )
    place_name = forms.CharField(label=_("Nom du lieu"), max_length=150, required=False)
    address = forms.CharField(label=_("Adresse"), max_length=250, required=False)
    video_link = forms.URLField(
        label=_("Lien de la visioconférence"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    field_order = [
        "day", "time", "minutes", "topic", "place", "room", "place_name", "address", "video_link",
    ]  # fmt: skip

    def __init__(self, *args: Any, role: Role, free_rooms: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = self.pair.cohort.rules.meetings
        if terms.topic_by is role and self.number >= terms.topic_from:
            self.field("topic").required = True
        self._choose_details(free_rooms)

    def _choose_details(self, free_rooms: Any) -> None:
        """Leave out what no place allowed here asks for."""
        if PlaceKind.ROOM in self.places:
            organisation = self.pair.cohort.programme.organisation
            field = self.field("room", forms.ModelChoiceField)
            field.queryset = rooms_of(organisation) if free_rooms is None else free_rooms
            field.label_from_instance = _room_label
            if free_rooms is not None:
                field.help_text = _free_rooms_in_words(len(free_rooms))
            if self.places == (PlaceKind.ROOM,):
                field.required = True
        else:
            del self.fields["room"]
        if PlaceKind.VIDEO not in self.places:
            del self.fields["video_link"]
        if not {PlaceKind.PUBLIC, PlaceKind.PROFESSIONAL, PlaceKind.PRIVATE} & set(self.places):
            del self.fields["place_name"], self.fields["address"]

    @property
    def has_rooms(self) -> bool:
        return "room" in self.fields


class SeriesForm(AppointmentForm):
    """A whole calendar: the first date, then at the programme's rhythm at the same hour (D10)."""

    count = forms.TypedChoiceField(
        label=_("Combien de dates ?"),
        coerce=int,
        choices=[(number, number) for number in range(2, 13)],
    )
    field_order = ["day", "time", "count", "minutes", "place", "room"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["topic"]
        every = every_in_words(calendar_step(self.pair.cohort.rules))
        text = _("Une date %(every)s, toujours à la même heure.")
        self.fields["count"].help_text = text % {"every": every}


class DetailsForm(forms.Form):
    """What may be said of a meeting to come without changing its date."""

    topic = forms.ChoiceField(label=_("Sujet"), required=False)
    place_name = forms.CharField(label=_("Nom du lieu"), max_length=150, required=False)
    address = forms.CharField(label=_("Adresse"), max_length=250, required=False)
    video_link = forms.URLField(
        label=_("Lien de la visioconférence"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pair = meeting.pair
        offered = topic_choices(pair.cohort.rules, pair.mentee.objectives.all())
        choices = [("", _("Pas encore choisi")), *offered]
        if meeting.topic and meeting.topic not in dict(offered):
            choices.append((meeting.topic, _("Le sujet choisi auparavant")))
        self.fields["topic"] = forms.ChoiceField(label=_("Sujet"), required=False, choices=choices)
        if meeting.place != PlaceChoice.VIDEO:
            del self.fields["video_link"]
        if meeting.place in (PlaceChoice.VIDEO, PlaceChoice.PHONE, PlaceChoice.ROOM):
            del self.fields["place_name"], self.fields["address"]
        self.initial = {name: getattr(meeting, name) for name in self.fields}


class HeldForm(forms.Form):
    """How long it lasted."""

    minutes = forms.TypedChoiceField(label=_("Combien de temps a-t-elle duré ?"), coerce=int)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lengths = sorted({*lengths_for(meeting.pair), meeting.minutes})
        choices = [(minutes, length_in_words(minutes)) for minutes in lengths]
        self.fields["minutes"] = forms.TypedChoiceField(
            label=_("Durée"), coerce=int, choices=choices, initial=meeting.minutes
        )


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the first content of a form."""
    local = meeting.starts_at.astimezone(PARIS)
    return {
        "day": local.date(),
        "time": local.time(),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "place_name": meeting.place_name,
        "address": meeting.address,
        "video_link": meeting.video_link,
        "topic": meeting.topic,
        "room": meeting.booking.room_id if meeting.booking else None,
    }


def length_in_words(minutes: int) -> str:
    """« 45 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def _free_rooms_in_words(count: int) -> str:
    if not count:
        return gettext("Aucune salle n'est libre à ce moment : changez l'heure ou le jour.")
    text = ngettext(
        "%(n)s salle est libre à ce moment.", "%(n)s salles sont libres à ce moment.", count
    )
    return text % {"n": count}


def _room_label(room: Room) -> str:
    return f"{room.name}, {room.address}" if room.address else room.name


def ends_at(form: WhenForm) -> datetime:
    return form.starts_at + timedelta(minutes=form.cleaned_data["minutes"])
