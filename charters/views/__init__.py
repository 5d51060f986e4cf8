"""Pages of charters and conventions: for readers, for those who sign, for the team."""
