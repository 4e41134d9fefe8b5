package dev.convoy.kernel.vector.gemm;

/**
 * The rows of a left operand before they are packed, the terms of each in a few runs: term k of row
 * r is at {@code at() + rowAt()[r] + k / run() * runStep() + k % run()} of {@code values()}.
 */
public interface RowSource {
  /** Returns the array that the rows are read from. */
  float[] values();

  /** Returns the index to which {@link #rowAt} is relative. */
  int at();

  /** Returns where each row begins. */
  int[] rowAt();

  /** Returns the number of contiguous terms. */
  int run();

  /** Returns the distance in floats from the beginning of one run to that of the next. */
  int runStep();
}
