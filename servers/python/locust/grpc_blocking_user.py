"""gRPC as posts 001 and 004 load it: grpcio knows nothing of gevent, so one user's call holds up all the others."""

from grpc_call import GrpcCaller


class GrpcBlockingUser(GrpcCaller):
    pass
