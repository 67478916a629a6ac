"""What the words of the `collegium` command do."""
