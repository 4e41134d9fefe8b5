package dev.convoy.nn;

/**
 * Memory of a value or of a gradient, and of what lies in it.
 *
 * @param value whose number it has
 * @param gradient whether it is the value's gradient
 * @param floats for all images
 * @param from when it is first written
 * @param to when it is last read
 * @param shareable whether others may have the memory at other times
 */
record Buffer(int value, boolean gradient, int floats, int from, int to, boolean shareable) {
  boolean isNeededWith(Buffer other) {
    return from <= other.to && other.from <= to;
  }

  long bytes() {
    return (long) floats * Float.BYTES;
  }
}
