"""
The posts' Python clients as a client process of a pair: `python -m calling` speaks the client protocol.

Locust's users take works, frames and names of errors from here.
"""
