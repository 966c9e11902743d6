"""What must hold of an answer: read, compared with what came, and why it differs."""
