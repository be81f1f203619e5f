"""Colours by role, sizes and fonts: the only room of the windows that knows a number of pixels or a hex colour."""
