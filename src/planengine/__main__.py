"""`python -m planengine` is the `planengine` command."""

from planengine.cli.main import main

if __name__ == "__main__":
    main()
