"""What is said to many, by letter: chosen in one statement, composed once, sent to each by themselves.

`choosing` writes who is to get it, `claiming` takes a batch of those and looks again whether they may, `composing`
makes the bytes with places for what differs by reader, `posting` hands them to the relay.
"""
