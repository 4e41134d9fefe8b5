package dev.convoy.data;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * What identifies a dataset's content: the number of classes, plus, modulo 2^256, the SHA-256 of
 * the classes' names, if they have any, and of every sample, over its number in the source, its
 * label and its image: an image's file, or height, width, channels (32-bit, big-endian) and pixels.
 * A sum, so that executors can digest their shards and add up. Names of images, files and formats
 * do not enter, since they do not change what a network learns.
 */
public final class ContentDigest {
  private static final int BITS = 256;
  private static final int FILE = 1;
  private static final int PIXELS = 0;

  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer header = ByteBuffer.allocate(6 * Integer.BYTES);
  private BigInteger sum;

  /** Begins the digest of a dataset with these classes; of a part of it, with none. */
  public ContentDigest(List<String> classNames) {
    sum = BigInteger.valueOf(classNames.size());
    if (!ClassOrder.isNumbered(classNames)) {
      for (String name : classNames) {
        byte[] bytes = FolderItem.composed(name).getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
      }
      sum = sum.add(new BigInteger(1, digest.digest()));
    }
  }

  /**
   * Adds a sample.
   *
   * @param number of the sample in its source; every number is added once, in any order
   */
  public void add(long number, Sample sample) {
    header.clear();
    header.putLong(number).putInt(sample.label()).put((byte) (sample.encoded() ? FILE : PIXELS));
    if (!sample.encoded()) {
      Pixels pixels = sample.pixels();
      header.putInt(pixels.height()).putInt(pixels.width()).put((byte) pixels.channels());
    }
    digest.update(header.flip());
    if (sample.encoded()) {
      digest.update(sample.file(), 0, sample.fileLength());
    } else {
      digest.update(sample.pixels().values(), 0, sample.pixels().elements());
    }
    sum = sum.add(new BigInteger(1, digest.digest()));
  }

  /** Adds the digest of another part. */
  public void add(String hex) {
    sum = sum.add(new BigInteger(hex, 16));
  }

  /** Returns the digest of all that was added, as 64 hex digits. */
  public String hex() {
    return String.format(Locale.ROOT, "%064x", sum.mod(BigInteger.ONE.shiftLeft(BITS)));
  }

  /** Returns the digest of a whole dataset, read once from end to end. */
  public static String of(Dataset dataset) throws IOException {
    ContentDigest content = new ContentDigest(dataset.classNames());
    Sample sample = new Sample();
    for (int index = 0; index < dataset.size(); index++) {
      dataset.read(index, sample);
      content.add(index, sample);
    }
    return content.hex();
  }
}
