package dev.convoy.nn;

import dev.convoy.tensor.Shape;

/**
 * What the layers of a network read: its images, or the output of another layer. A {@link
 * NetworkBuilder} makes values; only layers of the same network can read them.
 */
public final class Value {
  private final String name;
  private final Shape shape;
  private final int index;

  Value(String name, Shape shape, int index) {
    this.name = name;
    this.shape = shape;
    this.index = index;
  }

  /** Returns the name of the layer whose output it is; {@code images} for the network's input. */
  public String name() {
    return name;
  }

  /** Returns its shape for one image. */
  public Shape shape() {
    return shape;
  }

  /** Returns its number in the network: 0 for the images, i + 1 for the output of node i. */
  int index() {
    return index;
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
