package dev.convoy.data.idx;

import dev.convoy.data.Compression;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.GzipContent;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * One IDX file of unsigned bytes, read whole; integers are big-endian.
 *
 * <pre>
 *   0      2      3      4                4 + 4 x dimensions
 *   +------+------+------+-- - - ---------+-- - - - - - - - - - - - --+
 *   | 0, 0 | type | dims | extents, i32   | elements, last index fastest |
 *   +------+------+------+-- - - ---------+-- - - - - - - - - - - - --+
 *            0x08 = unsigned byte
 * </pre>
 */
final class IdxFile {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int MOST_DIMENSIONS = 8;

  private static final Map<Integer, String> TYPES =
      Map.of(
          UNSIGNED_BYTE,
          "unsigned bytes",
          0x09,
          "signed bytes",
          0x0b,
          "16-bit integers",
          0x0c,
          "32-bit integers",
          0x0d,
          "32-bit floats",
          0x0e,
          "64-bit floats");

  private final String path;
  private final int[] extents;
  private final byte[] elements;

  private IdxFile(String path, int[] extents, byte[] elements) {
    this.path = path;
    this.extents = extents;
    this.elements = elements;
  }

  /** Returns whether a file is compressed, which its first bytes tell. */
  static boolean isGzip(DataFolder folder, String name) throws IOException {
    try (InputStream file = new BufferedInputStream(folder.open(name))) {
      return GzipContent.isGzip(file);
    }
  }

  /** Reads a file, compressed by gzip or not. */
  static IdxFile read(DataFolder folder, String name, int dimensions) throws IOException {
    String path = folder.resolve(name).toString();
    try (InputStream file = folder.open(name);
        InputStream plain = GzipContent.of(file)) {
      return parse(new DataInputStream(plain), path, dimensions);
    } catch (EOFException e) {
      throw new DataException(path + " is truncated", e);
    } catch (ZipException e) {
      throw new DataException(path + " is not a valid gzip file: " + e.getMessage(), e);
    }
  }

  private static IdxFile parse(DataInputStream in, String path, int dimensions) throws IOException {
    requireMagic(in.readInt(), path, dimensions);
    int[] extents = new int[dimensions];
    double elements = 1;
    for (int d = 0; d < dimensions; d++) {
      extents[d] = in.readInt();
      elements *= extents[d];
      if (extents[d] < (d == 0 ? 0 : 1) || elements > Integer.MAX_VALUE - 8) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has the extents %s, but they must be positive, and 2 GB at most",
                path,
                Arrays.toString(Arrays.copyOf(extents, d + 1))));
      }
    }
    // readNBytes grows its buffer as bytes arrive: a header that lies cannot exhaust the memory.
    byte[] bytes = in.readNBytes((int) elements);
    if (bytes.length < elements) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s is truncated: its header promises %d bytes of data, but %d follow",
              path,
              (int) elements,
              bytes.length));
    }
    if (in.read() >= 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has trailing bytes after the %d that its header promises",
              path,
              (int) elements));
    }
    return new IdxFile(path, extents, bytes);
  }

  /** Says of a file that is another what it is, as far as its first bytes tell. */
  private static void requireMagic(int magic, String path, int dimensions) {
    if (magic == (UNSIGNED_BYTE << 8 | dimensions)) {
      return;
    }
    String what = dimensions == 1 ? "labels" : "images";
    int type = magic >>> 8;
    int its = magic & 0xff;
    if (TYPES.containsKey(type) && its >= 1 && its <= MOST_DIMENSIONS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s begins with %08x: it holds %s of %d dimensions, where %s are unsigned bytes of %d%s",
              path,
              magic,
              TYPES.get(type),
              its,
              what,
              dimensions,
              type == UNSIGNED_BYTE && its + dimensions == 4
                  ? "; the files of images and labels may be swapped"
                  : ""));
    }
    Optional<Compression> packed =
        Compression.of(ByteBuffer.allocate(Integer.BYTES).putInt(magic).array());
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s begins with %08x, not with IDX's %08x%s",
            path,
            magic,
            UNSIGNED_BYTE << 8 | dimensions,
            packed.map(packing -> "; " + packing.refusal(path)).orElse("")));
  }

  String path() {
    return path;
  }

  /** Returns the extent of a dimension, the slowest being 0. */
  int extent(int dimension) {
    return extents[dimension];
  }

  byte[] elements() {
    return elements;
  }
}
