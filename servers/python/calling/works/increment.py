from calling.works.work import GrpcForm, RestForm, Work, number_in

# Adds one to a number and sends the answer back in: post 003's chain.
increment_work = Work(
    first=0,
    next=lambda output: output,
    is_right=lambda value, output: output == value + 1,
    rest=RestForm(
        path="/increment",
        make=lambda value: {"value": value},
        read=lambda json: number_in(json, "value"),
    ),
    grpc=GrpcForm(
        proto="increment",
        service="Incrementer",
        unary="Increment",
        stream="IncrementStream",
        message=lambda messages, id, value: messages.Number(id=id, value=value),
        read=lambda message: message.value,
    ),
)
