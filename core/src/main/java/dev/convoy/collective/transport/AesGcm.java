package dev.convoy.collective.transport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) over each frame, its header as additional data. A key serves one
 * direction of one connection; the nonce is four zero bytes and the frame's sequence number,
 * big-endian, so it never repeats under a key. For each frame the JCE leaves a few small objects as
 * garbage (parameters, the nonce's copies), nothing of the chunk's size.
 */
final class AesGcm {
  private static final int NONCE_BYTES = 12;

  private final SecretKey key;
  private final Cipher cipher;
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
  private final byte[] header = new byte[Frame.HEADER_BYTES];

  AesGcm(SecretKey key) {
    this.key = key;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES/GCM", e);
    }
  }

  /**
   * Begins a frame.
   *
   * @param mode of the cipher
   * @param wire has the frame's header at 0
   * @return the cipher that takes the frame's payload
   */
  Cipher begin(int mode, ByteBuffer wire, long sequence) throws GeneralSecurityException {
    nonce.putLong(NONCE_BYTES - Long.BYTES, sequence);
    cipher.init(mode, key, new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce.array()));
    wire.get(0, header);
    cipher.updateAAD(header);
    return cipher;
  }
}
