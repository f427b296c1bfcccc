"""Released packages, for the commands beside this module: where they come from, and how long they are."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Release:
    """A released package: its name and version on the index (the newest when empty), and the folder that it installs."""

    package: str
    version: str
    folder: str

    def download(self, folder: Path) -> Path:
        """The package's folder, from its wheel, unpacked below `folder`.

        Raises:
            subprocess.CalledProcessError: pip cannot get a wheel; it says why on standard error.
        """
        wheels = folder / self.package
        requirement = f"{self.package}=={self.version}" if self.version else self.package
        # The package is read and not run, so that it may ask for a newer Python than this one.
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*pip, "--ignore-requires-python", "--dest", str(wheels), requirement], check=True)
        (wheel,) = wheels.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(wheels)
        return wheels / self.folder


def lines_in(folder: Path) -> int:
    """The lines of the Python files in a folder."""
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.py"))
