"""Post 001's work."""

from serving.works.requests import InvalidRequest, describe


def payload_size(data: object) -> int:
    """Says how many bytes there are, of text in UTF-8; raises InvalidRequest when `data` is neither."""
    if isinstance(data, bytes):
        return len(data)
    if isinstance(data, str):
        # JSON can hold halves of surrogate pairs, of three bytes each, which UTF-8 proper can't.
        return len(data.encode("utf-8", "surrogatepass"))
    raise InvalidRequest(f"data must be text, and it is {describe(data)}.")
