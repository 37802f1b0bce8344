"""Prints as JSON which Python this is, and the versions of the packages that take part in a call."""

import json
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    *("flask", "werkzeug"),
    *("starlette", "fastapi", "pydantic", "uvicorn", "h11"),
    *("grpcio", "protobuf", "pillow"),
    *("requests", "urllib3", "httpx", "httpcore"),
    *("locust", "gevent"),
)


def main() -> None:
    try:
        packages = {name: version(name) for name in PACKAGES}
    except PackageNotFoundError as missing:
        sys.exit(f"{missing.name} is not installed")
    print(json.dumps({"version": platform.python_version(), "packages": packages}))


if __name__ == "__main__":
    main()
