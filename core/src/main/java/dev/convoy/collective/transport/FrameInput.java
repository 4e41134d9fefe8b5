package dev.convoy.collective.transport;

import java.io.IOException;

/** Receives the frames of one peer. Used by one thread at a time. */
interface FrameInput {

  /**
   * Receives the next frame, {@code length} floats of {@code operation}, to {@code into[from ..
   * from + length)}.
   */
  void read(Operation operation, float[] into, int from, int length)
      throws IOException, InterruptedException;

  /**
   * Receives the next frame, {@code length} floats of {@code operation}, and hands it on piece by
   * piece once it is known to be intact.
   */
  void read(Operation operation, PieceSink sink, int length)
      throws IOException, InterruptedException;

  /** Ends the threads, if there are any. */
  void close();
}
