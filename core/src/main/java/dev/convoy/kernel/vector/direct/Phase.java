package dev.convoy.kernel.vector.direct;

import dev.convoy.kernel.ConvolutionGeometry;

/**
 * Those pixels of a convolution's input, a {@code stride} apart in both directions, that the same
 * taps of the filter see: y + padding = row, x + padding = column, modulo the stride; the taps' ky
 * and kx likewise. Among themselves they are convolved with stride 1.
 *
 * @param row from 0, below the stride
 * @param column from 0, below the stride
 * @param tapRows how many ky there are; perhaps none
 * @param tapColumns how many kx there are; perhaps none
 * @param firstTap taps of the phases before
 */
record Phase(int row, int column, int tapRows, int tapColumns, int firstTap) {
  /** All phases, row by row. */
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

  /** How many numbers from {@code first} to {@code end}, exclusive, a step apart, there are. */
  static int count(int first, int end, int step) {
    return first >= end ? 0 : (end - first + step - 1) / step;
  }

  int taps() {
    return tapRows * tapColumns;
  }

  /**
   * The first of its coordinates at or behind {@code from}, where {@code phase} is row or column.
   */
  static int first(int phase, int from, ConvolutionGeometry g) {
    return from + Math.floorMod(phase - g.padding() - from, g.stride());
  }
}
