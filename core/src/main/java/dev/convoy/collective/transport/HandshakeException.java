package dev.convoy.collective.transport;

import java.io.IOException;

/**
 * Thrown if a peer does not prove that it belongs to the mesh; the message continues a sentence
 * that begins with its name.
 */
class HandshakeException extends IOException {
  private static final long serialVersionUID = 1L;

  HandshakeException(String message) {
    super(message);
  }
}
