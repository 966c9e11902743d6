"""Facts by which conditions are decided, and what is told of an incident to make them so."""
