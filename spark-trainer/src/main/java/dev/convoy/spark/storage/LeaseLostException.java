package dev.convoy.spark.storage;

import java.io.IOException;

/** Somebody else writes here by now; whoever had the lease before must not. */
public final class LeaseLostException extends IOException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(String sentence) {
    super(sentence);
  }
}
