"""What authors write: one pydantic model per kind of document. Nothing here is linked."""
