package dev.convoy.spark.config;

import dev.convoy.tensor.Shape;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shape of an image as people write it: {@code 224x224x3}. */
public final class ShapeText {
  /** What is allowed, for messages. */
  public static final String ALLOWED =
      "a shape such as \"64x64x3\", height x width x channels, with 1 or 3 channels";

  private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})x([13])");

  private ShapeText() {}

  /** Reads a shape; empty where it is none. */
  public static Optional<Shape> parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new Shape(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** Returns a shape as {@link #parse} reads it. */
  public static String text(Shape shape) {
    return shape.height() + "x" + shape.width() + "x" + shape.channels();
  }
}
