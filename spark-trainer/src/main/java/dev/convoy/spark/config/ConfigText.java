package dev.convoy.spark.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The text of a configuration file, in UTF-8 or, with the mark that says so, in UTF-16. */
final class ConfigText {
  /** Far more than anybody writes; what is longer is something else, such as an archive. */
  private static final long MOST_BYTES = 16L << 20;

  private ConfigText() {}

  /**
   * Reads a file.
   *
   * @param name of the file in messages
   * @throws UserError if it is no text that can be read without loss
   */
  static String read(Path file, String name) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "the configuration %s has more than %,d bytes; it is probably another kind of file",
                name,
                MOST_BYTES));
      }
      return decode(Files.readAllBytes(file), name);
    } catch (IOException e) {
      throw new UserError("the configuration " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String decode(byte[] bytes, String name) {
    Charset charset = StandardCharsets.UTF_8;
    int mark = 0;
    if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
      mark = 3;
    } else if (begins(bytes, 0xFF, 0xFE)) {
      // As PowerShell 5 redirects text into a file.
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (begins(bytes, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    }
    String text;
    try {
      ByteBuffer content = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
      text = charset.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(
          "the configuration %s is not text in %s; save it as UTF-8"
              .formatted(name, charset.name()),
          e);
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      long line = 1 + text.substring(0, nul).chars().filter(c -> c == '\n').count();
      throw new UserError(
          String.format(
              Locale.ROOT, "%s:%d: a NUL character; a configuration is text in UTF-8", name, line));
    }
    // Line ends as on Linux, so that they are counted and found alike everywhere.
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static boolean begins(byte[] bytes, int... wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
