"""`python -m collegium` is the `collegium` command."""

from collegium.config.command import main

main()
