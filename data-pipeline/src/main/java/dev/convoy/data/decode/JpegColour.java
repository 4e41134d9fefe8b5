package dev.convoy.data.decode;

/**
 * What the components of a pixel are, and what red, green and blue they make, in libjpeg's and
 * Pillow's integers. ICC profiles do not enter: torchvision and Pillow take the numbers as they are
 * too, and the colour engines of JDKs differ.
 */
enum JpegColour {
  /** One component. */
  GREY {
    @Override
    void convert(byte[] samples, byte[] rgb, int first) {
      for (int i = 0, at = first; i < samples.length; i++, at += 3) {
        rgb[at] = samples[i];
        rgb[at + 1] = samples[i];
        rgb[at + 2] = samples[i];
      }
    }
  },
  /** Luma and two differences. */
  YCBCR {
    @Override
    void convert(byte[] samples, byte[] rgb, int first) {
      for (int i = 0, at = first; i < samples.length; i += 3, at += 3) {
        int luma = samples[i] & 0xff;
        int cb = (samples[i + 1] & 0xff) - 128;
        int cr = (samples[i + 2] & 0xff) - 128;
        rgb[at] = (byte) red(luma, cr);
        rgb[at + 1] = (byte) green(luma, cb, cr);
        rgb[at + 2] = (byte) blue(luma, cb);
      }
    }
  },
  /** Stored as it is, as Adobe's transform 0 says. */
  RGB {
    @Override
    void convert(byte[] samples, byte[] rgb, int first) {
      System.arraycopy(samples, 0, rgb, first, samples.length);
    }
  },
  /** Inverted, as Adobe stores it; Pillow takes all files of four components for such. */
  CMYK {
    @Override
    void convert(byte[] samples, byte[] rgb, int first) {
      for (int i = 0, at = first; i < samples.length; i += 4, at += 3) {
        int light = samples[i + 3] & 0xff;
        rgb[at] = through(~samples[i] & 0xff, light);
        rgb[at + 1] = through(~samples[i + 1] & 0xff, light);
        rgb[at + 2] = through(~samples[i + 2] & 0xff, light);
      }
    }
  },
  /** As CMYK, but the first three went through the transform of YCbCr. */
  YCCK {
    @Override
    void convert(byte[] samples, byte[] rgb, int first) {
      for (int i = 0, at = first; i < samples.length; i += 4, at += 3) {
        int luma = samples[i] & 0xff;
        int cb = (samples[i + 1] & 0xff) - 128;
        int cr = (samples[i + 2] & 0xff) - 128;
        int light = samples[i + 3] & 0xff;
        rgb[at] = through(red(luma, cr), light);
        rgb[at + 1] = through(green(luma, cb, cr), light);
        rgb[at + 2] = through(blue(luma, cb), light);
      }
    }
  };

  /**
   * Converts a row.
   *
   * @param samples the components of each pixel side by side
   * @param rgb receives red, green and blue of each pixel
   * @param first where in it
   */
  abstract void convert(byte[] samples, byte[] rgb, int first);

  // JFIF 1.02, "Conversion to and from RGB", in fixed point with 16 bits, as libjpeg rounds it: the
  // two terms of green together.

  private static int red(int luma, int cr) {
    return clamp(luma + ((91881 * cr + 0x8000) >> 16));
  }

  private static int green(int luma, int cb, int cr) {
    return clamp(luma + ((-22554 * cb - 46802 * cr + 0x8000) >> 16));
  }

  private static int blue(int luma, int cb) {
    return clamp(luma + ((116130 * cb + 0x8000) >> 16));
  }

  private static int clamp(int value) {
    return Math.min(Math.max(value, 0), 255);
  }

  /** Pillow's plain formula: the light that black lets through, less the ink's share, rounded. */
  private static byte through(int ink, int light) {
    int product = ink * light + 128;
    return (byte) (light - (((product >> 8) + product) >> 8));
  }
}
