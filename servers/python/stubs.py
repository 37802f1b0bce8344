"""The gRPC code that `npm run setup:python` generates from `proto/`."""

from importlib import import_module
from types import ModuleType


def messages_of(proto: str) -> ModuleType:
    """Message classes of `proto/<proto>.proto`."""
    return import_module(f"generated.{proto}_pb2")


def services_of(proto: str) -> ModuleType:
    """Stubs and servicers of `proto/<proto>.proto`."""
    return import_module(f"generated.{proto}_pb2_grpc")
