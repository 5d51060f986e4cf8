"""Matching from an association's own spreadsheets, without a database: lists in, pairs out.

Nothing is written before everything is known, and then whole or not at all.
"""
