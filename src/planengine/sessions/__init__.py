"""Incidents as they unfold: what is told is kept, and what follows from each thing is told."""
