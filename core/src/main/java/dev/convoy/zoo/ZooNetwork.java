package dev.convoy.zoo;

import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;

/**
 * A network of the {@link Zoo} before it is built: for the images and classes of its paper unless
 * others are given. Immutable.
 *
 * <pre>{@code
 * Network network = Zoo.named("resnet18").input(new Shape(64, 64, 3)).classes(200).build();
 * }</pre>
 */
public final class ZooNetwork {
  private final Architecture architecture;
  private final Shape input;
  private final int classes;

  ZooNetwork(Architecture architecture) {
    this(architecture, architecture.input(), architecture.classes());
  }

  private ZooNetwork(Architecture architecture, Shape input, int classes) {
    this.architecture = architecture;
    this.input = input;
    this.classes = classes;
  }

  /** Returns the same network for another number of classes. */
  public ZooNetwork classes(int other) {
    return new ZooNetwork(architecture, input, other);
  }

  /** Returns the same network for images of another shape. */
  public ZooNetwork input(Shape other) {
    return new ZooNetwork(architecture, other, classes);
  }

  /** Returns the number of classes. */
  public int classes() {
    return classes;
  }

  /** Returns the shape of an image. */
  public Shape input() {
    return input;
  }

  /** Returns the name of the loss that belongs to it. */
  public String loss() {
    return architecture.loss();
  }

  /** Returns whether its paper counts connections. */
  public boolean countsConnections() {
    return architecture.countsConnections();
  }

  /**
   * Builds it.
   *
   * @throws IllegalArgumentException naming the layer or the number, if it cannot have images of
   *     this shape or so many classes
   */
  public Network build() {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "%s with %s classes is impossible: expected at least 1"
              .formatted(architecture.name(), classes));
    }
    return architecture.build(input, classes);
  }
}
