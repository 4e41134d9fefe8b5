package dev.convoy.fuzz;

import java.io.IOException;
import java.util.List;

/** A reader of bytes from outside, and the exceptions by which it refuses what it cannot read. */
public interface FuzzTarget {
  /** What a target calls its input, if the reader is told a name: refusals have to say it. */
  String WHERE = "input.bin";

  /** Returns a name of lower-case words and hyphens. */
  String name();

  /** Returns valid inputs, which mutations start from. */
  List<byte[]> seeds() throws IOException;

  /** Returns whether the seeds are valid as they are; a stranger's handshake never is. */
  default boolean seedsAreRead() {
    return true;
  }

  /** Returns how many inputs the short form tries: what takes a few hundred milliseconds. */
  default int inputsInShort() {
    return 1_000;
  }

  /** Reads an input to its end. */
  void read(byte[] input) throws Exception;

  /** Returns the exceptions that the reader documents for input that it refuses. */
  List<Class<? extends Exception>> refusals();

  /** Returns what every refusal's message contains. */
  default String named() {
    return "";
  }

  /**
   * Returns the most bytes of heap that the reader may allocate, garbage included: a few buffers,
   * and a multiple of the input.
   */
  default long mostAllocated(int inputBytes) {
    return (4L << 20) + 256L * inputBytes;
  }
}
