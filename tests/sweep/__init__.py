"""Real packages, what lrlint says of them, and whether it is true."""
