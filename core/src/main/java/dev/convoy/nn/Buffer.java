package dev.convoy.nn;

/**
 * The memory of a value or of a gradient, and of the values that lie in it.
 *
 * @param value the number of the value
 * @param gradient whether it is the value's gradient
 * @param floats for all images
 * @param from when it is first written
 * @param to when it is last read
 * @param shareable whether other buffers may use the memory at other times
 */
record Buffer(int value, boolean gradient, int floats, int from, int to, boolean shareable) {
  boolean isNeededWith(Buffer other) {
    return from <= other.to && other.from <= to;
  }

  long bytes() {
    return (long) floats * Float.BYTES;
  }
}
