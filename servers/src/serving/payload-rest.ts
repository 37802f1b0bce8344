import type { ServiceDefinition } from "@grpc/proto-loader";
import type { Payload__Output } from "../generated/payload/Payload.js";
import type { Size } from "../generated/payload/Size.js";
import { loadProto } from "../proto-files.js";
import { field } from "../rest/json-field.js";
import { protobufRoute } from "../rest/protobuf-route.js";
import { route } from "../rest/routes.js";
import type { RestWork } from "../served-work.js";
import { payloadSize } from "../work/payload-size.js";

// The codec of the gRPC side, so that a difference to it is none of the codec.
const { Send } = loadProto("payload.proto")["payload.PayloadService"] as ServiceDefinition;

export const restWork: RestWork = (app, { json, plantedDelay, maxMessageBytes }) => {
  const asProtobuf = protobufRoute<Payload__Output, Size>(plantedDelay, {
    method: Send,
    maxMessageBytes,
    work: ({ data }) => ({ size: payloadSize(data) }),
  });
  const asJson = route(plantedDelay, ({ body }) => ({ size: payloadSize(field(body, "data")) }));
  app.post("/payload", asProtobuf, json, asJson);
};
