"""gRPC with grpcio's support of gevent, so that users wait for their answers side by side."""

import grpc.experimental.gevent
from grpc_call import GrpcCaller

grpc.experimental.gevent.init_gevent()


class GrpcUser(GrpcCaller):
    pass
