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
 */
final class AesGcm implements FrameProtection {
  private static final int NONCE_BYTES = 12;

  private final SecretKey key;
  private final Cipher cipher;
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);

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
  public void seal(ChunkBuffer buffer, int payloadBytes, long sequence) {
    ByteBuffer wire = buffer.wire();
    try {
      begin(Cipher.ENCRYPT_MODE, wire, sequence);
      ByteBuffer payload = buffer.payload().clear().limit(payloadBytes);
      wire.limit(Frame.HEADER_BYTES + payloadBytes + Frame.TAG_BYTES).position(Frame.HEADER_BYTES);
      cipher.doFinal(payload, wire);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a chunk could not be encrypted", e);
    }
  }

  @Override
  public void open(ChunkBuffer buffer, int payloadBytes, long sequence) throws ProtocolException {
    ByteBuffer wire = buffer.wire();
    try {
      begin(Cipher.DECRYPT_MODE, wire, sequence);
      wire.limit(Frame.HEADER_BYTES + payloadBytes + Frame.TAG_BYTES).position(Frame.HEADER_BYTES);
      cipher.doFinal(wire, buffer.payload().clear());
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

  private void begin(int mode, ByteBuffer wire, long sequence) throws GeneralSecurityException {
    nonce.putLong(NONCE_BYTES - Long.BYTES, sequence);
    cipher.init(mode, key, new GCMParameterSpec(8 * Frame.TAG_BYTES, nonce.array()));
    cipher.updateAAD(wire.clear().limit(Frame.HEADER_BYTES));
  }
}
