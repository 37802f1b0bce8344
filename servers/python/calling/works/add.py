from calling.works.work import GrpcForm, RestForm, Work, number_in

# Adds two numbers, and feeds the sum back in as the first: the small work of post 000.
add_work = Work(
    first=(1, 2),
    next=lambda total: (total, 2),
    is_right=lambda terms, total: total == terms[0] + terms[1],
    rest=RestForm(
        path="/add",
        make=lambda terms: {"a": terms[0], "b": terms[1]},
        read=lambda json: number_in(json, "sum"),
    ),
    grpc=GrpcForm(
        proto="calculator",
        service="Calculator",
        unary="Add",
        message=lambda messages, _id, terms: messages.Terms(a=terms[0], b=terms[1]),
        read=lambda message: message.sum,
    ),
)
