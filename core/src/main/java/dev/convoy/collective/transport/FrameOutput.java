package dev.convoy.collective.transport;

import java.io.IOException;

/** Takes complete frames and writes them to one peer, in order. Used by one thread at a time. */
interface FrameOutput {

  /** Returns a buffer for the next frame; waits until one is free. */
  ChunkBuffer next() throws IOException;

  /** Writes the frame of so many bytes in the buffer that {@link #next} returned. */
  void write(int bytes) throws IOException;

  /** Waits until the kernel has taken all frames. */
  void flush() throws IOException;

  /** Ends the threads, if there are any. */
  void close();
}
