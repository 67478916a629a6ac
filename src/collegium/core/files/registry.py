"""What higher places tell of files that belong to no entry yet."""

from collegium.core.access.registry import Registry

# part that files are set aside for -> function(viewer) giving the ids of those parts the viewer reads
readers = Registry("reader of files set aside")
