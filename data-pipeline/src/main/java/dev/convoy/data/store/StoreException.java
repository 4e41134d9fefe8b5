package dev.convoy.data.store;

import java.io.IOException;

/** A store that cannot be reached, or can take no more; the message is one sentence. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
