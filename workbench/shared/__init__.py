"""Parts that know the project and stand in more than one place of the window."""
