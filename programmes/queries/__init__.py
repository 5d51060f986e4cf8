"""What can be asked of the database; `visible_to` is how views fetch."""
