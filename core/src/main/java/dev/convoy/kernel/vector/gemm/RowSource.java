package dev.convoy.kernel.vector.gemm;

/**
 * Rows of a left operand where they lie in memory before they are packed, the terms of each in a
 * few runs: term k of row r is at {@code at() + rowAt()[r] + k / run() * runStep() + k % run()} of
 * {@code values()}.
 */
public interface RowSource {
  /** The array that the rows are read from. */
  float[] values();

  /** What all rows' places are relative to. */
  int at();

  /** Where each row begins. */
  int[] rowAt();

  /** Terms that lie together. */
  int run();

  /** Floats from the begin of a run to that of the next. */
  int runStep();
}
