"""The letters of the corpus: written for it, in the forms of the mail programs people use.

`python -m collegium.core.mail.tests.letters` writes `NNN-name.eml` and, beside each, what a reader must find in it.
"""
