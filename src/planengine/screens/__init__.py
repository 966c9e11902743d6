"""An answer as text for people: the default screen, and everything there is with its reasons."""
