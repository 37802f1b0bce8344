"""What is told of failures."""


class ClientError(Exception):
    """Something that the client cannot do, in one sentence for the user."""
