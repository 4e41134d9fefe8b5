package dev.convoy.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What identifies a dataset's content: SHA-256 over the number of classes and then, for every
 * sample in order, label, height, width, channels (32-bit, big-endian) and pixels. Names, files and
 * formats do not enter, since they do not change what a network learns.
 */
public final class ContentDigest {
  private final MessageDigest digest = Sha256.digest();
  private final byte[] header = new byte[4 * Integer.BYTES];

  /** Begins the digest of a dataset of that many classes. */
  public ContentDigest(int classes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, classes));
  }

  /** Adds the next sample. */
  public void add(Sample sample) {
    ByteBuffer.wrap(header)
        .putInt(sample.label())
        .putInt(sample.height())
        .putInt(sample.width())
        .putInt(sample.channels());
    digest.update(header);
    digest.update(sample.pixels(), 0, sample.elements());
  }

  /** The digest of all samples that were added, as 64 hex digits; ends this object's use. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of a whole dataset, read once from end to end. */
  public static String of(Dataset dataset) throws IOException {
    ContentDigest content = new ContentDigest(dataset.classes());
    Sample sample = new Sample();
    for (int index = 0; index < dataset.size(); index++) {
      dataset.read(index, sample);
      content.add(sample);
    }
    return content.hex();
  }
}
