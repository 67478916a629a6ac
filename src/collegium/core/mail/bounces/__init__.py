"""What comes back: bounces and complaints, counted by address, and what follows from them.

`envelopes` makes the address a bounce comes back to, `failing` says what a server meant, `scoring` counts, `reports`
takes in what came, `actions` suspends an address, tries it again and lets it recover, `reaching` says where a person
is reached. Nothing here touches a membership.
"""
