package dev.convoy.collective.transport;

import java.io.IOException;

/** A peer that did not prove that it belongs to the mesh; the message goes on after its name. */
final class HandshakeException extends IOException {
  private static final long serialVersionUID = 1L;

  HandshakeException(String message) {
    super(message);
  }
}
