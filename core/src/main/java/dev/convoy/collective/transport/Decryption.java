package dev.convoy.collective.transport;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Decrypts frames by {@link AesGcm}. The JCE hands out no plaintext before it has checked the tag,
 * so it is given whole frames.
 */
final class Decryption {
  /** The size of the array. */
  static final int HEAP_BYTES = ChunkBuffer.PAYLOAD_BYTES + Frame.TAG_BYTES;

  private final AesGcm aes;
  private final byte[] ciphertext = new byte[HEAP_BYTES];

  Decryption(SecretKey key) {
    aes = new AesGcm(key);
  }

  /** Takes a part of a frame's ciphertext and tag, which {@code wire} has up to its position. */
  void put(int at, ByteBuffer wire) {
    wire.get(0, ciphertext, at, wire.position());
  }

  /**
   * Decrypts a frame whose ciphertext and tag have been put.
   *
   * @param header has the frame's header at 0
   * @param bytes of the payload
   * @throws ProtocolException if the frame is not what the peer encrypted
   */
  void open(ByteBuffer header, int bytes, byte[] plaintext, long sequence)
      throws ProtocolException {
    try {
      aes.begin(Cipher.DECRYPT_MODE, header, sequence)
          .doFinal(ciphertext, 0, bytes + Frame.TAG_BYTES, plaintext, 0);
    } catch (AEADBadTagException e) {
      ProtocolException failure =
          new ProtocolException(
              "sent frame " + sequence + ", which was altered or sealed with another key");
      failure.initCause(e);
      throw failure;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a chunk could not be decrypted", e);
    }
  }
}
