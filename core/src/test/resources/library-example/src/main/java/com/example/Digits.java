package com.example;

import dev.convoy.train.Batch;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Images of MNIST's format: 28x28 bytes each, here scaled to about zero mean and padded to the
 * 32x32 that LeNet-5 sees.
 */
final class Digits {
  private static final int SIDE = 28;
  private static final int PADDED = 32;

  private final byte[] pixels;
  private final byte[] labels;

  private Digits(byte[] pixels, byte[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  static Digits read(Path folder, String split) throws IOException {
    byte[] pixels = bytes(folder.resolve(split + "-images-idx3-ubyte.gz"), 4);
    byte[] labels = bytes(folder.resolve(split + "-labels-idx1-ubyte.gz"), 2);
    return new Digits(pixels, labels);
  }

  /** Everything after a header of so many 32-bit words. */
  private static byte[] bytes(Path file, int words) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      new DataInputStream(in).readNBytes(4 * words);
      return in.readAllBytes();
    }
  }

  /** The batch of a step; the data begin anew where they end. */
  Batch batch(int step, int size) {
    return images((int) ((long) step * size % labels.length), size);
  }

  Batch all() {
    return images(0, labels.length);
  }

  private Batch images(int first, int count) {
    float[] images = new float[count * PADDED * PADDED];
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      int image = (first + i) % labels.length;
      classes[i] = labels[image];
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int pixel = pixels[(image * SIDE + y) * SIDE + x] & 0xff;
          images[(i * PADDED + y + 2) * PADDED + x + 2] = pixel / 128f - 0.5f;
        }
      }
    }
    return new Batch(images, classes);
  }
}
