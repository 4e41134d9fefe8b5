package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.ConvolutionGeometry;

/**
 * The pixels of a convolution's input, a {@code stride} apart in both directions, that the same
 * taps of the filter see: y + padding = row and x + padding = column, modulo the stride, and the
 * same for the taps' ky and kx. Within a phase the convolution has stride 1.
 *
 * @param row from 0, below the stride
 * @param column from 0, below the stride
 * @param tapRows how many ky there are; may be none
 * @param tapColumns how many kx there are; may be none
 * @param firstTap the number of taps in the phases before
 */
record Phase(int row, int column, int tapRows, int tapColumns, int firstTap) {
  /** Returns all phases, row by row. */
  static Phase[] of(ConvolutionGeometry g) {
    Phase[] phases = new Phase[g.stride() * g.stride()];
    int tap = 0;
    for (int i = 0; i < phases.length; i++) {
      int row = i / g.stride();
      int column = i % g.stride();
      int rows = count(row, g.kernelHeight(), g.stride());
      int columns = count(column, g.kernelWidth(), g.stride());
      phases[i] = new Phase(row, column, rows, columns, tap);
      tap += rows * columns;
    }
    return phases;
  }

  /**
   * Returns how many numbers, a step apart, there are from {@code first} to {@code end}, exclusive.
   */
  static int count(int first, int end, int step) {
    return first >= end ? 0 : (end - first + step - 1) / step;
  }

  int taps() {
    return tapRows * tapColumns;
  }

  /**
   * Returns the first of a phase's coordinates at or behind {@code from}; {@code phase} is its row
   * or its column.
   */
  static int first(int phase, int from, ConvolutionGeometry g) {
    return from + Math.floorMod(phase - g.padding() - from, g.stride());
  }
}
