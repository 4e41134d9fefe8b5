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
    void convert(int[][] samples, int[][] rgb) {
      for (int[] line : rgb) {
        System.arraycopy(samples[0], 0, line, 0, line.length);
      }
    }
  },
  /** Luma and two differences. */
  YCBCR {
    @Override
    void convert(int[][] samples, int[][] rgb) {
      add(samples[0], samples[2], RED, rgb[0]);
      addBoth(samples[0], samples[1], samples[2], rgb[1]);
      add(samples[0], samples[1], BLUE, rgb[2]);
    }
  },
  /** Stored as it is, as Adobe's transform 0 says. */
  RGB {
    @Override
    void convert(int[][] samples, int[][] rgb) {
      for (int c = 0; c < 3; c++) {
        System.arraycopy(samples[c], 0, rgb[c], 0, rgb[c].length);
      }
    }
  },
  /** Inverted, as Adobe stores it; Pillow takes all files of four components for such. */
  CMYK {
    @Override
    void convert(int[][] samples, int[][] rgb) {
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < rgb[c].length; i++) {
          rgb[c][i] = through(255 - samples[c][i], samples[3][i]);
        }
      }
    }
  },
  /** As CMYK, but the first three went through the transform of YCbCr. */
  YCCK {
    @Override
    void convert(int[][] samples, int[][] rgb) {
      YCBCR.convert(samples, rgb);
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < rgb[c].length; i++) {
          rgb[c][i] = through(rgb[c][i], samples[3][i]);
        }
      }
    }
  };

  // JFIF 1.02, "Conversion to and from RGB", in fixed point with 16 bits, as libjpeg rounds it: the
  // two terms of green together. Loops are short enough for the JIT to vectorize.

  private static final int RED = 91_881;
  private static final int BLUE = 116_130;
  private static final int GREEN_OF_BLUE = 22_554;
  private static final int GREEN_OF_RED = 46_802;
  private static final int HALF = 0x8000;

  /**
   * Converts a line of pixels.
   *
   * @param samples lines of each component, 0 to 255
   * @param rgb receives lines of red, green and blue, as many of each as there is room for
   */
  abstract void convert(int[][] samples, int[][] rgb);

  private static void add(int[] lumas, int[] differences, int factor, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = clamp(lumas[i] + ((factor * (differences[i] - 128) + HALF) >> 16));
    }
  }

  private static void addBoth(int[] lumas, int[] blues, int[] reds, int[] out) {
    int zero = HALF + 128 * (GREEN_OF_BLUE + GREEN_OF_RED);
    for (int i = 0; i < out.length; i++) {
      out[i] = -GREEN_OF_BLUE * blues[i] - GREEN_OF_RED * reds[i];
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = clamp(lumas[i] + ((out[i] + zero) >> 16));
    }
  }

  /** Clamps a value to 0 to 255, by masks of signs: of Math.min and max JDK 17 makes no vectors. */
  private static int clamp(int value) {
    int left = 255 - (value & ~(value >> 31));
    return 255 - (left & ~(left >> 31));
  }

  /**
   * Returns a colour by Pillow's plain formula: the light that black lets through, less the ink's
   * share, rounded.
   */
  private static int through(int ink, int light) {
    int product = ink * light + 128;
    return light - (((product >> 8) + product) >> 8);
  }
}
