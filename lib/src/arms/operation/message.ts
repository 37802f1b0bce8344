import protobuf from "protobufjs";
import { WirelabError } from "../../errors.js";
import { unknown } from "./method.js";
import type { Json } from "./operation.js";
import { type TemplateOptions, within } from "./template.js";

/** Where a value stands in a message, and what must not be shown of it. */
type Place = Pick<TemplateOptions, "where" | "secrets">;

/**
 * JSON as the fields of a message, by their names as in the .proto file. Names may be written as there or in lowerCamelCase, as
 * protobuf's JSON is. Throws a `usage` error that names the place for a field that the message has not, or that does not fit.
 */
export function toFields(type: protobuf.Type, json: Json, place: Place): Record<string, unknown> {
  if (json === null || typeof json !== "object" || Array.isArray(json)) {
    throw misfit(place, json, `a message ${type.name}, in braces`);
  }
  const names = type.fieldsArray.map(({ name }) => name);
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const field = type.fieldsArray.find(({ name }) => name === key || protobuf.util.camelCase(name) === key);
    if (field === undefined) {
      throw unknown(`${place.where}: the message ${type.fullName.slice(1)} has no field ${key}`, key, names);
    }
    field.resolve();
    if (value !== null) fields[field.name] = fieldValue(field, value, within(place, key));
  }
  return fields;
}

function fieldValue(field: protobuf.Field, value: Json, place: Place): unknown {
  if (field.map) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw misfit(place, value, "a map, in braces");
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, single(field, item, within(place, key))]),
    );
  }
  if (!field.repeated) return single(field, value, place);
  if (!Array.isArray(value)) throw misfit(place, value, "a list");
  return value.map((item: Json, at) => single(field, item, within(place, String(at))));
}

const integers: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = Object.fromEntries([
  ...["int32", "sint32", "sfixed32"].map((type) => [type, [-(2n ** 31n), 2n ** 31n - 1n]] as const),
  ...["uint32", "fixed32"].map((type) => [type, [0n, 2n ** 32n - 1n]] as const),
  ...["int64", "sint64", "sfixed64"].map((type) => [type, [-(2n ** 63n), 2n ** 63n - 1n]] as const),
  ...["uint64", "fixed64"].map((type) => [type, [0n, 2n ** 64n - 1n]] as const),
]);

function single({ type, resolvedType }: protobuf.Field, value: Json, place: Place): unknown {
  if (resolvedType instanceof protobuf.Type) return toFields(resolvedType, value, place);
  if (resolvedType instanceof protobuf.Enum) return enumValue(resolvedType, value, place);
  const range = integers[type];
  if (range !== undefined) return integer(value, range, type, place);
  switch (type) {
    case "bool":
      if (typeof value === "boolean") return value;
      throw misfit(place, value, "true or false");
    case "string":
      if (typeof value === "string" || typeof value === "number") return String(value);
      throw misfit(place, value, "a text");
    case "bytes":
      if (typeof value === "string" && /^[\w+/-]*={0,2}$/.test(value)) return Buffer.from(value, "base64");
      throw misfit(place, value, "bytes, as base64");
    default:
      return real(value, type, place);
  }
}

function integer(value: Json, [least, most]: readonly [bigint, bigint], type: string, place: Place): string {
  const whole =
    (typeof value === "number" && Number.isInteger(value)) ||
    (typeof value === "string" && /^-?\d+$/.test(value));
  const found = whole ? BigInt(value as number | string) : null;
  if (found === null || found < least || found > most) {
    throw misfit(place, value, `a whole number that ${type} holds`);
  }
  return String(found);
}

function real(value: Json, type: string, place: Place): number {
  const special = value === "NaN" || value === "Infinity" || value === "-Infinity";
  const number = typeof value === "number" || special ? Number(value) : null;
  const written = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  if (number !== null) return number;
  if (Number.isFinite(written)) return written;
  throw misfit(place, value, `a number (${type})`);
}

function enumValue({ name, values }: protobuf.Enum, value: Json, place: Place): number {
  if (typeof value === "number" && Object.values(values).includes(value)) return value;
  if (typeof value === "string" && Object.hasOwn(values, value)) return values[value] as number;
  throw unknown(
    `${place.where}: ${name} has no value ${JSON.stringify(value)}`,
    String(value),
    Object.keys(values),
  );
}

function misfit(place: Place, value: Json, wanted: string): WirelabError {
  const found = place.secrets.beginningOf(JSON.stringify(value), 60);
  return new WirelabError("usage", `${place.where}: ${found} does not fit, the field is ${wanted}.`);
}
