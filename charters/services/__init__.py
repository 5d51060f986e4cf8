"""What changes charters, acceptances and conventions: lock, judge, change, journal, announce."""
