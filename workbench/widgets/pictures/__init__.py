"""Pictures of codes: laid out as shapes in one place, and painted by one function on the screen, in SVG and in PNG."""
