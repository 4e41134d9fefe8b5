package dev.convoy.collective.transport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Encrypts frames by {@link AesGcm}, a piece at a time, so that floats, plaintext and ciphertext
 * are in the cache together. Both are arrays because the JCE would copy direct buffers to arrays.
 */
final class Encryption implements FrameProtection {
  private static final int PIECE_BYTES = Pieces.FLOATS * Float.BYTES;

  /** The size of the arrays. */
  static final int HEAP_BYTES = 2 * PIECE_BYTES + Frame.TAG_BYTES;

  private final AesGcm aes;
  private final byte[] plaintext = new byte[PIECE_BYTES];
  private final byte[] ciphertext = new byte[PIECE_BYTES + Frame.TAG_BYTES];
  private final Payload payload = new Payload(ByteBuffer.wrap(plaintext));

  Encryption(SecretKey key) {
    aes = new AesGcm(key);
  }

  @Override
  public int overhead() {
    return Frame.TAG_BYTES;
  }

  @Override
  public void seal(
      ChunkBuffer buffer, WireFormat format, float[] values, int from, int length, long sequence) {
    ByteBuffer wire = buffer.wire();
    try {
      Cipher cipher = aes.begin(Cipher.ENCRYPT_MODE, wire, sequence);
      int end = Frame.HEADER_BYTES;
      for (int done = 0; done < length; done += Pieces.FLOATS) {
        int count = Math.min(Pieces.FLOATS, length - done);
        format.encode(values, from + done, count, payload, 0);
        int bytes = cipher.update(plaintext, 0, count * format.bytes(), ciphertext, 0);
        wire.put(end, ciphertext, 0, bytes);
        end += bytes;
      }
      int bytes = cipher.doFinal(ciphertext, 0);
      wire.put(end, ciphertext, 0, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a chunk could not be encrypted", e);
    }
  }
}
