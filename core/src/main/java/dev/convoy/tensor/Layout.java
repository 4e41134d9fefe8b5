package dev.convoy.tensor;

/** The one layout of activations: NHWC, a pixel's channels padded to a multiple of 16 floats. */
public final class Layout {
  /**
   * The canonical number of lanes. Everything that depends on a vector's length depends on this
   * constant and never on the machine, which makes results independent of the machine.
   */
  public static final int LANES = 16;

  /**
   * Where vectors should begin in a large array, up to a multiple of {@link #LANES}: a large array
   * begins with a cache line and its elements 16 bytes later, so that such vectors do not cross
   * lines. Nothing but speed depends on it.
   */
  public static final int ALIGNMENT = 12;

  private Layout() {}

  /** Returns {@code count} rounded up to a multiple of {@link #LANES}. */
  public static int padded(int count) {
    return Math.multiplyExact((count + LANES - 1) / LANES, LANES);
  }
}
