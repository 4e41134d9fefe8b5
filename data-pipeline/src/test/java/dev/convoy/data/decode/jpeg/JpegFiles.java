package dev.convoy.data.decode.jpeg;

import dev.convoy.data.Region;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JPEG files for tests, and their pixels. */
final class JpegFiles {
  private JpegFiles() {}

  /** A file beside this class. */
  static byte[] resource(String name) {
    try (InputStream in = JpegFiles.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What djpeg makes of a file.
   *
   * @param name of the file
   * @param scale at which
   * @param size of the pixels, "33x31"
   * @param sha256 of the pixels
   */
  record Digest(String name, Scale scale, String size, String sha256) {
    @Override
    public String toString() {
      return name + " at " + scale;
    }

    /** Whether pixels are missing or guessed. */
    boolean damaged() {
      return name.startsWith("damaged-");
    }
  }

  /** What djpeg makes of all files beside this class. */
  static List<Digest> digests() {
    return new String(resource("digests.txt"), StandardCharsets.UTF_8)
        .lines()
        .map(
            line -> {
              String[] fields = line.split(" ", -1);
              Scale scale =
                  switch (fields[1]) {
                    case "8" -> Scale.FULL;
                    case "4" -> Scale.HALF;
                    case "2" -> Scale.QUARTER;
                    default -> Scale.EIGHTH;
                  };
              return new Digest(fields[0], scale, fields[2], fields[3]);
            })
        .toList();
  }

  /** The names of all files, each once. */
  static List<String> names() {
    return digests().stream().map(Digest::name).distinct().toList();
  }

  /** Opens a file and decodes all of it. */
  static byte[] whole(JpegDecoder decoder, byte[] file, Scale scale, boolean strict)
      throws JpegException {
    JpegHeader header = decoder.open(file, file.length);
    return region(decoder, scale.whole(header.height(), header.width()), scale, strict);
  }

  /** Decodes a region of the file last opened. */
  static byte[] region(JpegDecoder decoder, Region region, Scale scale, boolean strict)
      throws JpegException {
    JpegRows rows = decoder.decode(region, scale, strict);
    byte[] rgb = new byte[3 * region.width() * region.height()];
    for (int row = 0; row < region.height(); row++) {
      rows.read(row, rgb, 3 * region.width() * row);
    }
    return rgb;
  }

  /** Where 0xff and a marker's code first stand. */
  static int find(byte[] file, int marker) {
    for (int at = 0; at < file.length - 1; at++) {
      if (file[at] == (byte) 0xff && (file[at + 1] & 0xff) == marker) {
        return at;
      }
    }
    throw new AssertionError("the marker is not there");
  }

  /** A file with other bytes in place of those from {@code from} to {@code to}. */
  static byte[] replaced(byte[] file, int from, int to, byte... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, from);
    out.writeBytes(bytes);
    out.write(file, to, file.length - to);
    return out.toByteArray();
  }
}
