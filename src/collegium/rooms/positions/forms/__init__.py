"""What is typed of issues and positions, made into clean values."""
