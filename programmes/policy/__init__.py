"""What a programme's rules say of the facts: pure values and functions, no Django, no clock.

`Rules` is a programme as a value; each `judge_*` takes rules and evidence and returns a
`Verdict` with every breach at once, so that people mend everything in one go.
"""
