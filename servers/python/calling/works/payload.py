import random
from dataclasses import dataclass

from calling.works.work import GrpcForm, RestForm, Work, number_in


@dataclass(frozen=True)
class Payload:
    """The same data twice: in JSON it is text, in a protobuf message bytes."""

    text: str
    data: bytes


def payload_work(size_bytes: int) -> Work:
    """Sends so many bytes and is told how many arrived: post 001's work; every call serialises them."""
    payload = make_payload(size_bytes)
    return Work(
        first=payload,
        next=lambda _: payload,
        is_right=lambda sent, size: size == len(sent.data),
        rest=RestForm(
            path="/payload",
            make=lambda sent: {"data": sent.text},
            read=lambda json: number_in(json, "size"),
        ),
        grpc=GrpcForm(
            proto="payload",
            service="PayloadService",
            unary="Send",
            message=lambda messages, _id, sent: messages.Payload(data=sent.data),
            read=lambda message: message.size,
        ),
    )


# As in TypeScript's: a character is a byte, JSON escapes none, and 64 of them are drawn without a bias.
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SEED = 1


def make_payload(size_bytes: int) -> Payload:
    data = random.Random(SEED).randbytes(size_bytes).translate(LETTERS * 4)
    return Payload(text=data.decode("ascii"), data=data)
