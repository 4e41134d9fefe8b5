package dev.convoy.weights;

import java.io.IOException;

/** A safetensors file that is not what it should be; the message is one sentence for its user. */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  SafetensorsException(String where, String what) {
    super(where + " is not usable as a safetensors file: " + what);
  }

  SafetensorsException(String where, String what, Throwable cause) {
    super(where + " is not usable as a safetensors file: " + what, cause);
  }
}
