package dev.convoy.weights;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one hash of a run: SHA-256 over the tensors in the order of their names' UTF-8 bytes, each as
 * its name in UTF-8, then its float32 values in little-endian, in torch's element order.
 */
public final class WeightsDigest {
  private static final int CHUNK_BYTES = 1 << 16;

  private WeightsDigest() {}

  /**
   * Returns the digest as 64 lower-case hex digits; names must be unique, and their order does not
   * matter.
   */
  public static String sha256(Collection<NamedTensor> tensors) {
    // Not String's own order: it compares UTF-16 units, which sorts some names differently.
    Map<byte[], NamedTensor> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (NamedTensor tensor : tensors) {
      if (sorted.put(tensor.name().getBytes(StandardCharsets.UTF_8), tensor) != null) {
        throw new IllegalArgumentException("two tensors have the name " + tensor.name());
      }
    }
    MessageDigest digest = newSha256();
    byte[] chunk = new byte[CHUNK_BYTES];
    FloatBuffer floats = Safetensors.littleEndian(chunk).asFloatBuffer();
    sorted.forEach(
        (name, tensor) -> {
          digest.update(name);
          float[] values = tensor.values();
          for (int from = 0; from < values.length; from += floats.capacity()) {
            int count = Math.min(floats.capacity(), values.length - from);
            floats.put(0, values, from, count);
            digest.update(chunk, 0, count * Float.BYTES);
          }
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
