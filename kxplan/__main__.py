"""The module entry point: `python -m kxplan` is `kxplan`."""

from kxplan.cli import main

if __name__ == "__main__":
    main()
