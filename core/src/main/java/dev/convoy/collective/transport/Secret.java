package dev.convoy.collective.transport;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The secret that the ranks of one job share. {@link #toString()} does not reveal it. */
public final class Secret {
  /** The least length of a secret in bytes. */
  public static final int MINIMUM_BYTES = 16;

  private static final String HMAC = "HmacSHA256";

  private final SecretKey key;

  private Secret(byte[] bytes) {
    key = new SecretKeySpec(bytes, HMAC);
  }

  /** Returns a secret of these bytes, which are copied. */
  public static Secret of(byte[] bytes) {
    if (bytes.length < MINIMUM_BYTES) {
      throw new IllegalArgumentException(
          "the job's secret has "
              + bytes.length
              + " bytes, at least "
              + MINIMUM_BYTES
              + " are needed");
    }
    return new Secret(bytes);
  }

  /** Returns 32 random bytes for a new secret, to be given to every rank over a private channel. */
  public static byte[] random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** Returns the HMAC-SHA256 of {@code message} under this secret, 32 bytes. */
  byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
