package dev.convoy.data.shard;

import dev.convoy.data.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Counts and digests what passes: SHA-256 of everything, CRC-32C of one region after the other. */
final class DigestingOutput extends FilterOutputStream {
  private final MessageDigest digest = Sha256.digest();
  private final CRC32C region = new CRC32C();
  private long bytes;

  DigestingOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    out.write(from, offset, length);
    digest.update(from, offset, length);
    region.update(from, offset, length);
    bytes += length;
  }

  /** Returns the number of bytes so far. */
  long bytes() {
    return bytes;
  }

  /** Ends a region and returns its checksum. */
  int endRegion() {
    int checksum = (int) region.getValue();
    region.reset();
    return checksum;
  }

  /** Returns the digest of everything, as 64 hex digits; ends this object's use. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
