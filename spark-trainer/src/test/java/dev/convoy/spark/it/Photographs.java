package dev.convoy.spark.it;

import dev.convoy.data.Pixels;
import dev.convoy.data.encode.JpegEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A folder of JPEG files of two classes and many sizes, made by a formula. */
final class Photographs {
  private Photographs() {}

  /** {@code folder/train/CLASS/N.jpg} and {@code folder/val/CLASS/N.jpg}. */
  static Path of(Path folder, int train, int validation) throws IOException {
    for (int i = 0; i < train + validation; i++) {
      String split = i < train ? "train" : "val";
      for (int label = 0; label < 2; label++) {
        Path file = folder.resolve(split).resolve(label == 0 ? "rings" : "stripes");
        Files.createDirectories(file);
        Files.write(
            file.resolve(String.format(Locale.ROOT, "%04d.jpg", i)),
            JpegEncoder.encode(draw(label, i), 90));
      }
    }
    return folder;
  }

  private static Pixels draw(int label, int number) {
    int height = 40 + number * 7 % 50;
    int width = 40 + number * 11 % 60;
    Pixels pixels = new Pixels();
    byte[] values = pixels.begin(height, width, 3);
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int up = y - height / 2;
        int right = x - width / 2;
        int phase = label == 0 ? (up * up + right * right) / 16 : 3 * (x + number);
        for (int c = 0; c < 3; c++) {
          values[at++] = (byte) (phase * (8 + c) + number);
        }
      }
    }
    return pixels;
  }
}
