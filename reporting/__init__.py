"""What an organisation may know of its programmes: numbers, dates and states, never contents (C4)."""
