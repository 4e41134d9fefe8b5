package dev.convoy.data.decode.jpeg;

/**
 * What the components of a pixel are, and what red, green and blue they make, in libjpeg's and
 * Pillow's integers. ICC profiles do not enter: torchvision and Pillow take the numbers as they are
 * too.
 */
enum JpegColour {
  /** One component. */
  GREY {
    @Override
    void convert(Upsampler[] components, byte[] rgb, int first) {
      byte[] grey = components[0].samples();
      int from = components[0].at();
      int width = components[0].right - components[0].left;
      for (int i = 0, at = first; i < width; i++, at += 3) {
        byte sample = grey[from + i];
        rgb[at] = sample;
        rgb[at + 1] = sample;
        rgb[at + 2] = sample;
      }
    }
  },
  /** Luma and two differences. */
  YCBCR {
    @Override
    void convert(Upsampler[] components, byte[] rgb, int first) {
      byte[] lumas = components[0].samples();
      byte[] blues = components[1].samples();
      byte[] reds = components[2].samples();
      int lumaAt = components[0].at();
      int blueAt = components[1].at();
      int redAt = components[2].at();
      int width = components[0].right - components[0].left;
      for (int i = 0, at = first; i < width; i++, at += 3) {
        int luma = lumas[lumaAt + i] & 0xff;
        int cb = (blues[blueAt + i] & 0xff) - 128;
        int cr = (reds[redAt + i] & 0xff) - 128;
        rgb[at] = (byte) red(luma, cr);
        rgb[at + 1] = (byte) green(luma, cb, cr);
        rgb[at + 2] = (byte) blue(luma, cb);
      }
    }
  },
  /** Stored as it is, as Adobe's transform 0 says. */
  RGB {
    @Override
    void convert(Upsampler[] components, byte[] rgb, int first) {
      int width = components[0].right - components[0].left;
      for (int c = 0; c < 3; c++) {
        byte[] samples = components[c].samples();
        int from = components[c].at();
        for (int i = 0, at = first + c; i < width; i++, at += 3) {
          rgb[at] = samples[from + i];
        }
      }
    }
  },
  /** Inverted, as Adobe stores it; Pillow takes all files of four components for such. */
  CMYK {
    @Override
    void convert(Upsampler[] components, byte[] rgb, int first) {
      int width = components[0].right - components[0].left;
      for (int i = 0, at = first; i < width; i++, at += 3) {
        int light = sample(components[3], i);
        rgb[at] = through(255 - sample(components[0], i), light);
        rgb[at + 1] = through(255 - sample(components[1], i), light);
        rgb[at + 2] = through(255 - sample(components[2], i), light);
      }
    }
  },
  /** As CMYK, but the first three went through the transform of YCbCr. */
  YCCK {
    @Override
    void convert(Upsampler[] components, byte[] rgb, int first) {
      int width = components[0].right - components[0].left;
      for (int i = 0, at = first; i < width; i++, at += 3) {
        int luma = sample(components[0], i);
        int cb = sample(components[1], i) - 128;
        int cr = sample(components[2], i) - 128;
        int light = sample(components[3], i);
        rgb[at] = through(red(luma, cr), light);
        rgb[at + 1] = through(green(luma, cb, cr), light);
        rgb[at + 2] = through(blue(luma, cb), light);
      }
    }
  };

  /**
   * Converts a row.
   *
   * @param components whose rows have been made
   * @param rgb receives red, green and blue of each pixel
   * @param first where in it
   */
  abstract void convert(Upsampler[] components, byte[] rgb, int first);

  private static int sample(Upsampler component, int i) {
    return component.samples()[component.at() + i] & 0xff;
  }

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
