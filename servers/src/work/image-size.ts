import sharp from "sharp";
import { InvalidRequest } from "./invalid-request.js";

/** In pixels as stored, before any EXIF orientation. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
  /** Length of the image as it was given. */
  readonly bytes: number;
}

const maxPixels = 40_000_000;

/**
 * Reads an image's size from its header, without decoding a pixel: post 000's second work.
 * Rejects with {@link InvalidRequest} when `image` is empty, is no image with a whole header, or has too many pixels.
 */
export async function imageSize(image: Buffer): Promise<ImageSize> {
  if (image.length === 0) throw new InvalidRequest("The image is empty: it has 0 bytes.");
  const { width, height } = await header(image);
  if (width * height > maxPixels) {
    throw new InvalidRequest(
      `The image is ${width} by ${height} pixels, more than the limit of ${maxPixels / 1e6} megapixels.`,
    );
  }
  return { width, height, bytes: image.length };
}

async function header(image: Buffer): Promise<{ width: number; height: number }> {
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
