package dev.convoy.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes the real bytes of IDX files for tests. */
public final class IdxFiles {
  public static final int HEIGHT = 4;
  public static final int WIDTH = 3;

  private IdxFiles() {}

  /** A whole folder: as many samples as asked for of both splits, labels 0 to 9 in turn. */
  public static Path folder(Path folder, int train, int validation) throws IOException {
    Files.createDirectories(folder);
    writeSplit(folder, "train", train, ".gz");
    writeSplit(folder, "t10k", validation, "");
    return folder;
  }

  private static void writeSplit(Path folder, String prefix, int samples, String suffix)
      throws IOException {
    byte[] pixels = new byte[samples * HEIGHT * WIDTH];
    new Random(prefix.hashCode()).nextBytes(pixels);
    byte[] labels = new byte[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = (byte) (i % 10);
    }
    write(
        folder.resolve(prefix + "-images-idx3-ubyte" + suffix),
        idx(0x803, new int[] {samples, HEIGHT, WIDTH}, pixels));
    write(
        folder.resolve(prefix + "-labels-idx1-ubyte" + suffix),
        idx(0x801, new int[] {samples}, labels));
  }

  public static byte[] idx(int magic, int[] extents, byte[] elements) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int extent : extents) {
      out.writeInt(extent);
    }
    out.write(elements);
    return bytes.toByteArray();
  }

  public static void write(Path file, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream maybeZipped =
            file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      maybeZipped.write(content);
    }
  }
}
