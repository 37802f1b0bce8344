"""What the gRPC programs have in common: each work's service, and the statuses of what is wrong."""
