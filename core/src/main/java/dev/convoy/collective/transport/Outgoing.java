package dev.convoy.collective.transport;

import java.io.IOException;

/**
 * The frames that one operation sends to one peer; made once, and written in every step by the
 * thread that sends to the peer.
 */
public interface Outgoing {

  /** Returns the operation that the frames belong to. */
  Operation operation();

  /** Writes all frames for the peer. */
  void writeTo(FrameWriter writer) throws IOException;
}
