import { imageHeader } from "./image-header.js";

/** In pixels as stored, before any EXIF orientation. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
  /** Length of the image as it was given. */
  readonly bytes: number;
}

/**
 * Reads an image's size from its header, without decoding a pixel: post 000's second work.
 * Rejects with `InvalidRequest` as {@link imageHeader} does.
 */
export async function imageSize(image: Buffer): Promise<ImageSize> {
  const { width, height } = await imageHeader(image);
  return { width, height, bytes: image.length };
}
