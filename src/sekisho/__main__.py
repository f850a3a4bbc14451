"""`python -m sekisho` is the `sekisho` command."""

from sekisho.interfaces.cli.main import main

if __name__ == "__main__":
    main()
