"""What one call does, once, behind all programs; a work's name is the one that it has in `servers/src/works.ts`."""

WORKS = ("increment", "add", "image", "payload", "factorial")
