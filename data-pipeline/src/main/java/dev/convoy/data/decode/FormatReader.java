package dev.convoy.data.decode;

/** Reads files of one format, again and again; a thread uses one of its own. */
@FunctionalInterface
interface FormatReader {
  /**
   * Reads a file's header.
   *
   * @param file that begins with the format's signature
   * @param length of the file in bytes
   * @param where the file's name in messages
   * @throws dev.convoy.data.DataException if the header is broken
   */
  StoredImage open(byte[] file, int length, String where);
}
