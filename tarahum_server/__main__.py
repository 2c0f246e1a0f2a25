"""Lets `python -m tarahum_server` do what the installed `tarahum-server` does."""

from tarahum_server.cli import run

if __name__ == "__main__":
    run()
