"""The whole of a library's dependencies as one page that people look about in."""
