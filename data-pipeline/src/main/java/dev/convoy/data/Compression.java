package dev.convoy.data;

import java.util.Locale;
import java.util.Optional;

/**
 * The formats that files are packed in, told by their first bytes, for names may be wrong. Images
 * are ranges of bytes of the files that hold them, so that files have to be unpacked first.
 */
public enum Compression {
  /** As {@code gzip} and TensorFlow's option GZIP write it. */
  GZIP("compressed by gzip", "gzip -dc FILE > UNPACKED", "\u001f\u008b"),
  /** As {@code bzip2} writes it. */
  BZIP2("compressed by bzip2", "bzip2 -dc FILE > UNPACKED", "BZh"),
  /** As {@code xz} writes it. */
  XZ("compressed by xz", "xz -dc FILE > UNPACKED", "\u00fd7zXZ\u0000"),
  /** As {@code zstd} writes it. */
  ZSTD("compressed by zstd", "zstd -dc FILE > UNPACKED", "(\u00b5/\u00fd"),
  /** As {@code lz4} writes it. */
  LZ4("compressed by lz4", "lz4 -dc FILE > UNPACKED", "\4\"M\30"),
  /** As the {@code compress} of old writes it. */
  COMPRESS("compressed by compress", "gzip -dc FILE > UNPACKED", "\u001f\u009d"),
  /** A zip archive. */
  ZIP("a zip archive", "unzip FILE", "PK\u0003\u0004"),
  /** A 7-Zip archive. */
  SEVEN_ZIP("a 7-Zip archive", "7z x FILE", "7z\u00bc\u00af'\u001c"),
  /** A RAR archive. */
  RAR("a RAR archive", "unrar x FILE", "Rar!"),
  /** As TensorFlow's option ZLIB writes it; its first byte alone tells little. */
  ZLIB(
      "compressed by zlib",
      "python3 -c 'import sys, zlib;"
          + " sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))' < FILE > UNPACKED",
      "x");

  /** As many bytes as are looked at. */
  public static final int BYTES = 6;

  private static final int ZLIB_CHECK = 31;

  private final String description;
  private final String command;

  /** The first bytes, each a character. */
  private final String magic;

  Compression(String description, String command, String magic) {
    this.description = description;
    this.command = command;
    this.magic = magic;
  }

  /** Looks at the first bytes of a file, {@link #BYTES} if it has as many. */
  public static Optional<Compression> of(byte[] beginning) {
    for (Compression each : values()) {
      if (each.begins(beginning)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private boolean begins(byte[] beginning) {
    if (beginning.length < Math.max(2, magic.length())) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((beginning[i] & 0xff) != magic.charAt(i)) {
        return false;
      }
    }
    return this != ZLIB || (beginning[0] << 8 | (beginning[1] & 0xff)) % ZLIB_CHECK == 0;
  }

  /**
   * Returns what a message says of such a file.
   *
   * @param path of the file
   */
  public String refusal(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String plain = name.replaceFirst("(?i)\\.(?:gz|bz2|xz|zst|lz4|z)$", "");
    String unpacked = plain.equals(name) ? name + ".unpacked" : plain;
    return String.format(
        Locale.ROOT,
        "%s is %s, but images are read as ranges of bytes of the file: unpack it first, for example"
            + " with %s",
        path,
        description,
        command.replace("FILE", name).replace("UNPACKED", unpacked));
  }
}
