"""What the REST programs have in common: routes, what is read of a body, and the answers to what is wrong."""
