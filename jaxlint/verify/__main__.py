"""`python -m jaxlint.verify`."""

import sys

from jaxlint.verify.cli import main

if __name__ == "__main__":
    sys.exit(main())
