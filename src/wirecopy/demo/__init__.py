"""Sample wires and the loopback server that plays them.

All outlets and all news are invented; agencies sign in their own house styles. The texts stand in `sample/`,
dates are relative to a start that is passed in, and rendering is pure: one start and edition, one set of bytes.
"""
