"""How Collegium is put together and run: settings, addresses, the `collegium` command, the embedded database."""
