from sessions.models.meetings import Meeting, RoomBooking
from sessions.models.reviews import EndDeclaration, Review

__all__ = ["EndDeclaration", "Meeting", "Review", "RoomBooking"]
