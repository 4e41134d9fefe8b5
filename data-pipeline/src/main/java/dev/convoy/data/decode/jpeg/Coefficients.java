package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/** The quantized coefficients of a component, collected over several scans. */
final class Coefficients {
  private final int across;
  private short[] values;

  /**
   * Creates coefficients that are all zero.
   *
   * @param reused an array that may serve, or null
   */
  Coefficients(Component component, short[] reused) {
    across = component.paddedAcross();
    int size = Math.multiplyExact(Math.multiplyExact(across, component.paddedDown()), Zigzag.COUNT);
    if (reused != null && reused.length >= size) {
      values = reused;
      Arrays.fill(values, 0, size, (short) 0);
    } else {
      values = new short[size];
    }
  }

  /** Returns the blocks in rows of 8 coefficients, one after the other. */
  short[] values() {
    return values;
  }

  /** Returns where a block begins. */
  int at(int row, int column) {
    return (row * across + column) * Zigzag.COUNT;
  }
}
