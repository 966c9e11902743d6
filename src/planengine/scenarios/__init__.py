"""Tests of plans: what is told of an incident, and what must hold at chosen moments."""
