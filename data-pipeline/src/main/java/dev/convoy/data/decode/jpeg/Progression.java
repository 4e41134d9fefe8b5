package dev.convoy.data.decode.jpeg;

import java.util.Arrays;

/**
 * How far the scans of a file have come: for each coefficient of each component the lowest bit that
 * they have brought, or -1 for none.
 */
final class Progression {
  private static final int NONE = -1;

  /** Coefficients that {@link BlockSmoothing} looks at. */
  private static final int SMOOTHED = 10;

  private final Frame frame;
  private final int[][] lowest;

  /** As it was before the last scan of each component. */
  private final int[][] before;

  private int scans;

  Progression(Frame frame) {
    this.frame = frame;
    lowest = new int[frame.components().length][Zigzag.COUNT];
    before = new int[frame.components().length][Zigzag.COUNT];
    for (int[] bits : lowest) {
      Arrays.fill(bits, NONE);
    }
    for (int[] bits : before) {
      Arrays.fill(bits, NONE);
    }
  }

  /** Takes account of a scan that is about to be decoded. */
  void add(ScanHeader scan, JpegFaults faults) throws JpegException {
    scans++;
    for (Component component : scan.components()) {
      int[] bits = lowest[component.index()];
      if (!frame.progressive()) {
        Arrays.fill(bits, 0);
        continue;
      }
      boolean contradiction = scan.first() > 0 && bits[0] == NONE;
      int last = Math.max(scan.last() + 1, SMOOTHED);
      for (int k = Math.min(scan.first(), 1); k < last; k++) {
        before[component.index()][k] = scans > 1 ? bits[k] : 0;
      }
      for (int k = scan.first(); k <= scan.last(); k++) {
        contradiction |= scan.high() != Math.max(bits[k], 0);
        bits[k] = scan.low();
      }
      if (contradiction) {
        faults.add(JpegFault.PROGRESSION);
      }
    }
  }

  /** Returns the lowest bits of a component's coefficients, in zigzag order. */
  int[] lowest(Component component) {
    return lowest[component.index()];
  }

  /** Returns the lowest bits as they were before the last scan of that component. */
  int[] before(Component component) {
    int[] bits = before[component.index()];
    if (scans < 2) {
      Arrays.fill(bits, NONE);
    }
    return bits;
  }

  /** Returns whether a scan has brought something of each component. */
  boolean allComponents() {
    for (int[] bits : lowest) {
      if (bits[0] == NONE) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether every bit is there. */
  boolean complete() {
    for (int[] bits : lowest) {
      for (int bit : bits) {
        if (bit != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
