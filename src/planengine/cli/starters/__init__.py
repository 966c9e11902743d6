"""The texts of new files: what `planengine new` writes."""
