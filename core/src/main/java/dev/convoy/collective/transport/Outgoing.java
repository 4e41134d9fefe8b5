package dev.convoy.collective.transport;

import java.io.IOException;

/** What one operation sends to one peer; made once, run in every step by the peer's sender. */
public interface Outgoing {

  /** The operation that this belongs to. */
  Operation operation();

  /** Writes all frames for the peer. */
  void writeTo(FrameWriter writer) throws IOException;
}
