package dev.convoy.data.decode;

import java.util.Set;

/**
 * Lays pixels on a background, and notes when one is not opaque.
 *
 * @param background what lies behind them
 * @param notes of the image
 */
record Backdrop(Background background, Set<ImageNote> notes) {
  /** Black that hides what is behind it. */
  static final int BLACK = 0xff000000;

  /**
   * Puts a pixel.
   *
   * @param argb alpha, red, green and blue, from the highest byte to the lowest
   * @param rgb receives red, green and blue
   * @param at where in it
   */
  void put(int argb, byte[] rgb, int at) {
    int alpha = argb >>> 24;
    int red = argb >> 16 & 0xff;
    int green = argb >> 8 & 0xff;
    int blue = argb & 0xff;
    if (alpha != 0xff) {
      notes.add(ImageNote.TRANSPARENT);
      red = Background.over(red, alpha, background.red());
      green = Background.over(green, alpha, background.green());
      blue = Background.over(blue, alpha, background.blue());
    }
    rgb[at] = (byte) red;
    rgb[at + 1] = (byte) green;
    rgb[at + 2] = (byte) blue;
  }

  /** Returns an opaque pixel. */
  static int opaque(int red, int green, int blue) {
    return BLACK | red << 16 | green << 8 | blue;
  }

  /** Returns the same colour with another alpha. */
  static int withAlpha(int argb, int alpha) {
    return (argb & 0xffffff) | (alpha << 24);
  }

  /** Returns a sample of any depth in 8 bits, rounded to the nearest. */
  static int toByte(long value, long most) {
    return (int) ((value * 255 + most / 2) / most);
  }
}
