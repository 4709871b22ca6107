"""Run the command line with ``python -m align.cli``, where no script is installed."""

from align.cli.group import main

if __name__ == "__main__":
    main(prog_name="align")
