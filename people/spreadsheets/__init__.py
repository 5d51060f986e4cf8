"""Lists that people keep in spreadsheets, read without trusting them.

    table = read_table(content, "liste.csv")      # raises UnreadableFile: one sentence
    table.problems                                # what is wrong line by line
    mapping = guess_mapping(table.headings, {"email": PERSON_SYNONYMS["email"]})
    for row in table.rows:
        paid_on = read_cell(row, mapping["paid_on"], parse_date, problems)

No database, no clock. Nothing a file holds makes this fail in any other way.
"""

from people.spreadsheets.columns import PERSON_SYNONYMS, guess_mapping
from people.spreadsheets.reader import read_table
from people.spreadsheets.sensitive import (
    Repetition,
    SensitiveColumn,
    find_repetitions,
    sensitive_columns,
)
from people.spreadsheets.table import (
    Limits,
    Problem,
    Row,
    Table,
    UnreadableFile,
    column_letters,
)
from people.spreadsheets.values import (
    Misread,
    parse_date,
    parse_email,
    parse_integer,
    parse_list,
    parse_yes_no,
    read_cell,
)
from people.spreadsheets.writing import write_csv

__all__ = [
    "PERSON_SYNONYMS",
    "Limits",
    "Misread",
    "Problem",
    "Repetition",
    "Row",
    "SensitiveColumn",
    "Table",
    "UnreadableFile",
    "column_letters",
    "find_repetitions",
    "guess_mapping",
    "parse_date",
    "parse_email",
    "parse_integer",
    "parse_list",
    "parse_yes_no",
    "read_cell",
    "read_table",
    "sensitive_columns",
    "write_csv",
]
