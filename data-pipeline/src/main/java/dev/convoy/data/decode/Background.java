package dev.convoy.data.decode;

import dev.convoy.data.DataException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The colour behind transparent pixels, each number from 0 to 255.
 *
 * @param red its red
 * @param green its green
 * @param blue its blue
 */
public record Background(int red, int green, int blue) {
  /** Paper, which is what most drawings are meant for. */
  public static final Background WHITE = new Background(255, 255, 255);

  /** What light drawings are meant for. */
  public static final Background BLACK = new Background(0, 0, 0);

  private static final Map<String, Background> NAMED =
      Map.of("white", WHITE, "black", BLACK, "grey", new Background(128, 128, 128));

  private static final int HEX_DIGITS = 6;

  /** Checks the ranges. */
  public Background {
    if (((red | green | blue) & ~0xff) != 0) {
      throw new IllegalArgumentException("a colour's numbers are 0 to 255");
    }
  }

  /**
   * Reads {@code white}, {@code black}, {@code grey} or {@code #rrggbb}.
   *
   * @throws DataException if it is none of these
   */
  public static Background parse(String text) {
    Background named = NAMED.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    String digits = text.startsWith("#") ? text.substring(1) : text;
    if (digits.length() != HEX_DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new DataException(
          "the background '" + text + "' is invalid: expected white, black, grey or #rrggbb");
    }
    int rgb = HexFormat.fromHexDigits(digits);
    return new Background(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
  }

  /**
   * Lays a value on the background, rounded to the nearest whole number: (value x alpha +
   * background x (255 - alpha)) / 255.
   */
  static int over(int value, int alpha, int background) {
    return (value * alpha + background * (255 - alpha) + 127) / 255;
  }

  /** Returns the colour as {@link #parse} reads it. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
  }
}
