package dev.convoy.weights;

import java.io.IOException;

/**
 * Thrown if a safetensors file is damaged or something else; the message is one sentence for the
 * user.
 */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  SafetensorsException(String where, String what) {
    super(where + " is not usable as a safetensors file: " + what);
  }

  SafetensorsException(String where, String what, Throwable cause) {
    super(where + " is not usable as a safetensors file: " + what, cause);
  }
}
