package dev.convoy.collective.transport;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) over each frame, its header as additional data. A key serves one
 * direction of one connection; the nonce is four zero bytes and the frame's sequence number,
 * big-endian, so it never repeats under a key. For each frame the JCE leaves a few small objects as
 * garbage (parameters, the nonce's copies), nothing of the chunk's size.
 *
 * <p>Ciphertext and plaintext are arrays because the JCE would copy direct buffers to arrays piece
 * by piece, which takes a fifth longer.
 */
final class AesGcm implements FrameProtection {
  /** The size of the arrays. */
  static final int HEAP_BYTES = 2 * ChunkBuffer.PAYLOAD_BYTES + Frame.TAG_BYTES;

  private static final int NONCE_BYTES = 12;

  private final SecretKey key;
  private final Cipher cipher;
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
  private final byte[] header = new byte[Frame.HEADER_BYTES];
  private final byte[] plaintext = new byte[ChunkBuffer.PAYLOAD_BYTES];
  private final byte[] ciphertext = new byte[ChunkBuffer.PAYLOAD_BYTES + Frame.TAG_BYTES];
  private final Payload payload = new Payload(ByteBuffer.wrap(plaintext));

  AesGcm(SecretKey key) {
    this.key = key;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES/GCM", e);
    }
  }

  @Override
  public int overhead() {
    return Frame.TAG_BYTES;
  }

  @Override
  public void seal(
      ChunkBuffer buffer, WireFormat format, float[] values, int from, int length, long sequence) {
    int bytes = length * format.bytes();
    format.encode(values, from, length, payload);
    try {
      begin(Cipher.ENCRYPT_MODE, buffer, sequence);
      int sealed = cipher.doFinal(plaintext, 0, bytes, ciphertext, 0);
      buffer.wire().put(Frame.HEADER_BYTES, ciphertext, 0, sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a chunk could not be encrypted", e);
    }
  }

  @Override
  public void open(
      ChunkBuffer buffer, WireFormat format, float[] into, int from, int length, long sequence)
      throws ProtocolException {
    int bytes = length * format.bytes() + Frame.TAG_BYTES;
    buffer.wire().get(Frame.HEADER_BYTES, ciphertext, 0, bytes);
    try {
      begin(Cipher.DECRYPT_MODE, buffer, sequence);
      cipher.doFinal(ciphertext, 0, bytes, plaintext, 0);
    } catch (AEADBadTagException e) {
      ProtocolException failure =
          new ProtocolException(
              "sent frame " + sequence + ", which was altered or sealed with another key");
      failure.initCause(e);
      throw failure;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a chunk could not be decrypted", e);
    }
    format.decode(payload, into, from, length);
  }

  private void begin(int mode, ChunkBuffer buffer, long sequence) throws GeneralSecurityException {
    nonce.putLong(NONCE_BYTES - Long.BYTES, sequence);
    cipher.init(mode, key, new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce.array()));
    buffer.wire().get(0, header);
    cipher.updateAAD(header);
  }
}
