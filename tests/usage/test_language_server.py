"""python-lsp-server with the plugin in its environment, spoken to in its own protocol."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from .conftest import environment

pytest.importorskip("pylsp", reason="python-lsp-server is not installed: pip install '.[test]'")

TRAIN = """import jax


@jax.jit
def step(x):
    if x > 0:
        return x
    return -x
"""
SECONDS = 90.0


class Client:
    """A client of a language server that speaks JSON-RPC over its standard input and output."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = subprocess.Popen(
            [sys.executable, "-m", "pylsp"],
            cwd=folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._received: queue.Queue[dict[str, Any]] = queue.Queue()
        self._requests = 0
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._input = self._server.stdin
        threading.Thread(target=self._listen, args=(self._server.stdout,), daemon=True).start()

    def _listen(self, stream: IO[bytes]) -> None:
        while header := stream.readline():
            length = 0
            while header.strip():
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
                header = stream.readline()
            self._received.put(json.loads(stream.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._input.flush()

    def notify(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: object) -> Any:
        self._requests += 1
        number = self._requests
        self._send({"id": number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == number and "method" not in message)["result"]

    def wait(self, wanted: Any) -> dict[str, Any]:
        """The next message that is wanted; others are dropped."""
        end = time.monotonic() + SECONDS
        while True:
            try:
                message = self._received.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"the server did not answer in {SECONDS:g} seconds") from None
            if wanted(message):
                return message

    def diagnostics(self, path: Path) -> list[dict[str, Any]]:
        """The next diagnostics for a file."""
        uri = path.as_uri()
        message = self.wait(
            lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
        )
        return message["params"]["diagnostics"]

    def start(self, pylint_arguments: list[str]) -> None:
        root = self._folder.as_uri()
        self.request("initialize", {"processId": None, "rootUri": root, "capabilities": {}})
        self.notify("initialized", {})
        others = ("pycodestyle", "pyflakes", "mccabe", "flake8", "pydocstyle")
        plugins: dict[str, Any] = {name: {"enabled": False} for name in others}
        plugins["pylint"] = {"enabled": True, "args": pylint_arguments}
        self.notify("workspace/didChangeConfiguration", {"settings": {"pylsp": {"plugins": plugins}}})

    def open(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def save(self, path: Path, text: str, version: int) -> None:
        """Change the whole text, and save it."""
        identifier = {"uri": path.as_uri(), "version": version}
        self.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})
        path.write_text(text, encoding="utf-8")
        self.notify("textDocument/didSave", {"textDocument": {"uri": path.as_uri()}})

    def stop(self) -> int:
        self.request("shutdown", None)
        self.notify("exit", None)
        return self._server.wait(SECONDS)

    def end(self) -> None:
        self._server.kill()
        self._server.wait()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    client = Client(tmp_path)
    yield client
    client.end()


def test_diagnostics_arrive_and_go(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text(TRAIN, encoding="utf-8")
    client.start(["--load-plugins=jaxlint", "--disable=all", "--enable=jax"])
    client.open(path)
    (found,) = client.diagnostics(path)
    assert (found["source"], found["code"]) == ("pylint", "E6401")
    assert "jax-traced-branch" in found["message"]
    assert found["range"]["start"] == {"line": 5, "character": 7}
    assert found["severity"] == 1
    assert "jax.jit" in found["message"]

    client.save(path, TRAIN.replace("if x > 0:", "if x.ndim > 0:"), version=2)
    deadline = time.monotonic() + SECONDS
    while client.diagnostics(path):
        assert time.monotonic() < deadline
    assert client.stop() == 0
