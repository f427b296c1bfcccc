"""`python -m jaxlint.observe`."""

import sys

from jaxlint.observe.cli import main

if __name__ == "__main__":
    sys.exit(main())
