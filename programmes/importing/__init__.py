"""An association's own list of people, made into enrolments.

The pure part: which column is what (`columns`), what a cell says (`cells`), what would be stored
and what is wrong line by line (`plan`). No database, no clock; `services.importing` writes.
"""
