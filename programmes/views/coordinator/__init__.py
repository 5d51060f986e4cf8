"""The team's pages: what is not coordinated by whoever looks is not there (404)."""
