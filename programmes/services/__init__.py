"""What can be done: one function per act, locked, judged, journalled, announced."""
