import express, { type Request, type RequestHandler } from "express";
import multer, { MulterError } from "multer";
import { InvalidRequest } from "../work/invalid-request.js";
import { decodeBase64 } from "./base64.js";
import { field } from "./json-field.js";

/** Reads an image in any of its three forms; {@link imageOf} then finds it. Each reader passes on what isn't its own. */
export function imageBody(json: RequestHandler, maxMessageBytes: number): RequestHandler[] {
  return [express.raw({ type: "image/*", limit: maxMessageBytes }), imageForm(maxMessageBytes), json];
}

/** The image that a request brought; throws `InvalidRequest` when there is none. */
export function imageOf(request: Request): Buffer {
  if (request.is("multipart/form-data")) {
    if (request.file === undefined) throw new InvalidRequest(`${wantedForm}, and it holds none.`);
    return request.file.buffer;
  }
  if (request.is("application/json")) return decodeBase64("image", field(request.body, "image"));
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new InvalidRequest(
    'The request has no image: send its bytes with Content-Type: image/*, or a file in the field "image" of ' +
      'multipart/form-data, or {"image": base64} as application/json.',
  );
}

const wantedForm = 'The form must hold one file, in a field named "image", and nothing else';

function imageForm(maxMessageBytes: number): RequestHandler {
  const limits = { fileSize: maxMessageBytes, files: 1, fields: 0 };
  const form = multer({ storage: multer.memoryStorage(), limits }).single("image");
  return (request, response, next) => {
    if (!request.is("multipart/form-data")) {
      next();
      return;
    }
    form(request, response, (error: unknown) => next(error === undefined ? undefined : formError(error)));
  };
}

// Kept in memory, a form can only fail by what was sent; multer gives most of its errors neither type nor status.
function formError(error: unknown): unknown {
  if (!(error instanceof MulterError)) {
    return new InvalidRequest(`The form can't be read: ${(error as Error).message}.`);
  }
  if (error.code === "LIMIT_FILE_SIZE") return error;
  const where = error.field === undefined ? "" : ` in "${error.field}"`;
  return new InvalidRequest(`${wantedForm}; refused${where}: ${error.message}.`);
}
