import sharp, { type Metadata } from "sharp";
import { InvalidRequest } from "./invalid-request.js";

const maxPixels = 40_000_000;

/**
 * Reads an image's header without decoding a pixel, so that one too large is refused before it fills the memory.
 * Rejects with {@link InvalidRequest} when `image` is empty, is no image with a whole header, or has too many pixels.
 */
export async function imageHeader(image: Buffer): Promise<Metadata> {
  if (image.length === 0) throw new InvalidRequest("The image is empty: it has 0 bytes.");
  const metadata = await read(image);
  const { width, height } = metadata;
  if (width * height > maxPixels) {
    throw new InvalidRequest(
      `The image is ${width} by ${height} pixels, more than the limit of ${maxPixels / 1e6} megapixels.`,
    );
  }
  return metadata;
}

async function read(image: Buffer): Promise<Metadata> {
  try {
    // sharp's own limit would come first, and it doesn't tell the size that it refuses.
    return await sharp(image, { limitInputPixels: false }).metadata();
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith("Input buffer contains unsupported image format")) {
      throw new InvalidRequest("The bytes are not an image of a kind that is known here.");
    }
    if (message.startsWith("Input buffer has corrupt header")) {
      throw new InvalidRequest("The image's header can't be read: it is cut off or damaged.");
    }
    throw error;
  }
}
