/** Unlike anything in a photo, and of the length that browsers use. */
const boundary = "----wirelabFormBoundary7MA4YWxkTrZu0gW";

/** Content type of a body that `multipartFile` makes. */
export const multipartType = `multipart/form-data; boundary=${boundary}`;

/** A form with one file in it (RFC 7578). */
export function multipartFile(options: {
  readonly field: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}): Uint8Array {
  const { field, fileName, contentType, content } = options;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\nContent-Type: ${contentType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
