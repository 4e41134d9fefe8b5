package dev.convoy.spark.storage;

import java.io.IOException;

/**
 * Thrown where another process has taken over the lease, so that this one must not write any more.
 */
public final class LeaseLostException extends IOException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(String sentence) {
    super(sentence);
  }
}
