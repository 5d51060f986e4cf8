from programmes.management.commands.makemessages import without_brace_format


def test_words_between_braces_are_not_taken_for_python_formats():
    collected = (
        '#, python-brace-format\nmsgid "{rencontres}"\n\n'
        '#, python-format, python-brace-format\nmsgid "{rencontres} de %(name)s"\n\n'
        '#, fuzzy, python-format\nmsgid "%(name)s"\n'
    )

    assert without_brace_format(collected) == (
        'msgid "{rencontres}"\n\n'
        '#, python-format\nmsgid "{rencontres} de %(name)s"\n\n'
        '#, fuzzy, python-format\nmsgid "%(name)s"\n'
    )
