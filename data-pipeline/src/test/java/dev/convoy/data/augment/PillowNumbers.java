package dev.convoy.data.augment;

import dev.convoy.data.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Numbers that Pillow gave, from the test's resources. */
final class PillowNumbers {
  private PillowNumbers() {}

  static List<String> lines(String name) {
    try (InputStream in = PillowNumbers.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int[] numbers(String line) {
    return Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  static Image image(int height, int width, int channels, int[] values) {
    Pixels pixels = new Pixels();
    byte[] bytes = pixels.begin(height, width, channels);
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    Image image = new Image();
    image.load(pixels);
    return image;
  }
}
