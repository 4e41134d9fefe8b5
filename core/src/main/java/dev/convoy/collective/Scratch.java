package dev.convoy.collective;

/** Buffers of one chunk each, in which operations that run one after another add. */
final class Scratch {
  private final float[][] buffers;

  Scratch(Size size) {
    buffers = new float[size.buffers()][size.floats()];
  }

  float[] buffer(int index) {
    return buffers[index];
  }

  /**
   * The size of scratch memory.
   *
   * @param buffers how many there are
   * @param floats of each buffer
   */
  record Size(int buffers, int floats) {
    static final Size NONE = new Size(0, 0);

    /** Returns the size that is enough for both. */
    Size max(Size other) {
      return new Size(Math.max(buffers, other.buffers), Math.max(floats, other.floats));
    }

    long bytes() {
      return (long) buffers * floats * Float.BYTES;
    }
  }
}
