"""Post 004's work."""

import math

from serving.works.requests import InvalidRequest, whole_number

# 200000! has 400 kB, and takes as long as a hundred times 10000!; all other callers wait meanwhile.
LARGEST = 200_000
MODULUS = 100_000_007


def factorial(number: object) -> int:
    """`number! mod 100000007`, of the exact factorial; raises InvalidRequest when it is no number up to 200000."""
    factors = whole_number("number", number)
    if not 0 <= factors <= LARGEST:
        raise InvalidRequest(f"number must lie between 0 and {LARGEST}, and it is {factors}.")
    return math.factorial(factors) % MODULUS
