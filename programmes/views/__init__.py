"""Pages of the programmes: for participants, and for the team that coordinates."""
