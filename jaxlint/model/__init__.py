"""What JAX, NumPy, the standard library and the frameworks mean, as rows; nothing here imports any of them."""

from jaxlint.model.reading import RowsError, read_rows
from jaxlint.model.table import DuplicateRowError, Model

__all__ = ["DuplicateRowError", "Model", "RowsError", "read_rows"]
