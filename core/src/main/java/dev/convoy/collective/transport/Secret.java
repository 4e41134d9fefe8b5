package dev.convoy.collective.transport;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What only the ranks of one job know. It never shows in {@link #toString()}. */
public final class Secret {
  /** Fewest bytes of a secret. */
  public static final int MINIMUM_BYTES = 16;

  private static final String HMAC = "HmacSHA256";

  private final SecretKey key;

  private Secret(byte[] bytes) {
    key = new SecretKeySpec(bytes, HMAC);
  }

  /** A secret of these bytes, which are copied. */
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

  /** A new secret of 32 random bytes, to be handed to every rank over a channel that is private. */
  public static byte[] random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** HMAC-SHA256 of {@code message} under this secret, 32 bytes. */
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
