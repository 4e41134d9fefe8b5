package dev.convoy.data.source;

import dev.convoy.data.DataException;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;

/**
 * Where one image lies: a range of bytes of a file. Whatever people have, a folder, tars or
 * TFRecords, comes down to a list of these, so that any executor can fetch any image by itself.
 *
 * @param file URI of the file that holds it
 * @param offset of its first byte
 * @param length in bytes
 * @param label its class, counted from zero
 * @param name for people, such as {@code n01440764_10026.JPEG}
 * @param framing how the range lies in the file
 */
public record Entry(String file, long offset, int length, int label, String name, Framing framing) {
  private static final int FIELDS = 6;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  /** Makes the name fit a line of a list or a message. */
  public Entry {
    name = CONTROL.matcher(name).replaceAll(" ");
  }

  /** Creates the entry of a range of the file as it is. */
  public Entry(String file, long offset, int length, int label, String name) {
    this(file, offset, length, label, name, Framing.PLAIN);
  }

  /**
   * Returns the entry of a whole file.
   *
   * @throws DataException if it is too large for an image
   */
  public static Entry ofFile(FileStatus file, int label, String name) {
    if (file.getLen() > Integer.MAX_VALUE - 8) {
      throw new DataException(file.getPath() + " is too large for an image");
    }
    return new Entry(file.getPath().toString(), 0, (int) file.getLen(), label, name);
  }

  /** Returns a line of a list, its fields divided by tabs. */
  public String toLine() {
    return String.join(
        "\t",
        Integer.toString(label),
        Long.toString(offset),
        Integer.toString(length),
        escaped(file),
        name,
        framing.toText());
  }

  /** Escapes tabs and line breaks, which names of files may have. */
  private static String escaped(String file) {
    return file.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  /**
   * Returns what {@link #toLine} wrote.
   *
   * @param where the list, for messages
   */
  public static Entry parse(String line, String where) {
    String[] fields = line.split("\t", -1);
    try {
      if (fields.length == FIELDS) {
        return new Entry(
            fields[3].translateEscapes(),
            Long.parseLong(fields[1]),
            Integer.parseInt(fields[2]),
            Integer.parseInt(fields[0]),
            fields[4],
            Framing.parse(fields[5]));
      }
    } catch (IllegalArgumentException e) {
      throw new DataException(where + " has the line '" + line + "', which is no entry", e);
    }
    throw new DataException(where + " has the line '" + line + "', which is no entry");
  }
}
