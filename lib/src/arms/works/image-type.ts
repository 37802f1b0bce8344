/** Content type of an image by its first bytes; null for anything else. */
export function imageType(bytes: Buffer): string | null {
  const starts = (text: string, at = 0) => bytes.toString("latin1", at, at + text.length) === text;
  if (starts("\xff\xd8\xff")) return "image/jpeg";
  if (starts("\x89PNG\r\n\x1a\n")) return "image/png";
  if (starts("RIFF") && starts("WEBP", 8)) return "image/webp";
  if (starts("GIF87a") || starts("GIF89a")) return "image/gif";
  if (starts("II*\0") || starts("MM\0*")) return "image/tiff";
  if (starts("ftypavif", 4)) return "image/avif";
  return null;
}
