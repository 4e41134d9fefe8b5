package dev.convoy.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Reads files that may be compressed by gzip, which their first bytes tell and not their names. */
public final class GzipContent {
  private GzipContent() {}

  /** Returns whether the stream, which can go back, begins like one that is compressed. */
  public static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    byte[] beginning = in.readNBytes(2);
    in.reset();
    return Compression.of(beginning).filter(Compression.GZIP::equals).isPresent();
  }

  /**
   * Returns the content of a stream, unpacked if it is compressed.
   *
   * @throws java.util.zip.ZipException if it only begins so
   */
  public static InputStream of(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    return isGzip(buffered) ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }
}
