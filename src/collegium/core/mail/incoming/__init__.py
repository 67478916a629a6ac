"""Letters that come in: kept before they are acknowledged, then handled once, by the door their address names.

`arriving` keeps them, `receiving` speaks with the mail server, `senders` finds out whose they are, `handling` reads one
and hands it to a mailbox, `refusing` answers.
"""
