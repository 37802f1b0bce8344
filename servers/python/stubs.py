"""The gRPC code that `npm run setup:python` generates from `proto/`."""

from importlib import import_module
from types import ModuleType
from typing import Any


def messages_of(proto: str) -> ModuleType:
    """Message classes of `proto/<proto>.proto`."""
    return import_module(f"generated.{proto}_pb2")


def stub_of(proto: str, service: str, channel: Any) -> Any:
    """What calls that service of `proto/<proto>.proto` on a channel."""
    services = import_module(f"generated.{proto}_pb2_grpc")
    return getattr(services, f"{service}Stub")(channel)
