"""What a person missed, as one letter a day or a week.

`writing` makes digests of what was gathered for those whose hour has come, `contents` finds what each holds at the
moment it is sent, `saying` makes the letter.
"""
