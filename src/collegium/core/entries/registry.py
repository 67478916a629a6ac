"""What rooms tell of their kinds of entries: where one is read, and the panels others put on its page."""

from collegium.core.access.registry import Registry

# kind of entry -> function of an entry giving its address
addresses = Registry("address of an entry")

# part of an entry ("post") -> function(entry, part_id) giving the address of that part
part_addresses = Registry("address of a part")

# name -> function(entry, viewer) giving a dict with `template` and its context, or None
panels = Registry("panel")

# kind of link -> its two names, read from the source and read from the target, as a tuple
link_kinds = Registry("kind of link")
