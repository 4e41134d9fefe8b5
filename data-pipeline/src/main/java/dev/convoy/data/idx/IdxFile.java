package dev.convoy.data.idx;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
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
  private static final String GZIP = ".gz";

  private final String path;
  private final int[] extents;
  private final byte[] elements;

  private IdxFile(String path, int[] extents, byte[] elements) {
    this.path = path;
    this.extents = extents;
    this.elements = elements;
  }

  /** {@code name} or {@code name.gz}, whichever the folder has; the first is preferred. */
  static String find(DataFolder folder, String name) throws IOException {
    if (folder.has(name)) {
      return name;
    }
    String zipped = name + GZIP;
    if (!folder.has(zipped)) {
      throw new DataException(
          String.format("the folder %s has neither %s nor %s", folder, name, zipped));
    }
    return zipped;
  }

  /** Reads the file that {@link #find} finds. */
  static IdxFile read(DataFolder folder, String name, int dimensions) throws IOException {
    String found = find(folder, name);
    String path = folder.resolve(found).toString();
    try (InputStream file = folder.open(found);
        InputStream plain = found.endsWith(GZIP) ? new GZIPInputStream(file) : file) {
      return parse(new DataInputStream(new BufferedInputStream(plain)), path, dimensions);
    } catch (EOFException e) {
      throw new DataException(path + " is truncated", e);
    } catch (ZipException e) {
      throw new DataException(path + " is not a valid gzip file: " + e.getMessage(), e);
    }
  }

  private static IdxFile parse(DataInputStream in, String path, int dimensions) throws IOException {
    int magic = in.readInt();
    int expected = UNSIGNED_BYTE << 8 | dimensions;
    if (magic != expected) {
      throw new DataException(
          String.format(
              Locale.ROOT, "%s begins with %08x, not with IDX's %08x", path, magic, expected));
    }
    int[] extents = new int[dimensions];
    double elements = 1;
    for (int d = 0; d < dimensions; d++) {
      extents[d] = in.readInt();
      elements *= extents[d];
      if (extents[d] < (d == 0 ? 0 : 1) || elements > Integer.MAX_VALUE - 8) {
        throw new DataException(
            String.format(
                "%s has the extents %s, but they must be positive, and 2 GB at most",
                path, Arrays.toString(Arrays.copyOf(extents, d + 1))));
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

  String path() {
    return path;
  }

  /** The extent of a dimension, the slowest being 0. */
  int extent(int dimension) {
    return extents[dimension];
  }

  byte[] elements() {
    return elements;
  }
}
