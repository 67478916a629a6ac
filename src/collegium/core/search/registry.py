"""What can be found: each kind of thing tells here how it is shown among results."""

from collegium.core.access.registry import Registry

# name of the kind ("topic") -> `kinds.Kind`; in the order in which they are offered as filters
kinds = Registry("kind of findable thing")
