"""The registry of news agencies and press-release wires: one TOML file each."""
