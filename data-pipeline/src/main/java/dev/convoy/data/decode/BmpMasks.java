package dev.convoy.data.decode;

/**
 * Takes a pixel of 16 or 32 bits apart. Programs that know no alpha leave zeros there, so an image
 * that would be wholly transparent is opaque.
 */
final class BmpMasks {
  private final int[] masks;
  private final boolean alpha;

  BmpMasks(BmpHeader header, ByteReader in) {
    masks = header.masks();
    alpha = masks[3] != 0 && seen(header, in, masks[3]);
  }

  private static boolean seen(BmpHeader header, ByteReader in, int mask) {
    if (!header.fits(header.pixels(), in.to())) {
      return false;
    }
    for (int y = 0; y < header.height(); y++) {
      for (int x = 0; x < header.width(); x++) {
        if ((BmpReader.pixel(header, in, y, x) & mask) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  int argb(int pixel) {
    int opaque = Backdrop.opaque(part(pixel, 0), part(pixel, 1), part(pixel, 2));
    return alpha ? Backdrop.withAlpha(opaque, part(pixel, 3)) : opaque;
  }

  /** Returns a part in 8 bits; one that has no bits is 0. */
  private int part(int pixel, int which) {
    int mask = masks[which];
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    return Backdrop.toByte(
        Integer.toUnsignedLong(pixel & mask) >> shift, Integer.toUnsignedLong(mask) >> shift);
  }
}
