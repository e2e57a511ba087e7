"""Sample wires and the loopback server that plays them."""
