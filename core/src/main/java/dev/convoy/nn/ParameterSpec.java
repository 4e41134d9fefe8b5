package dev.convoy.nn;

import dev.convoy.tensor.Shape;

/**
 * A parameter that a layer asks for, before it has a place in a network's flat vector.
 *
 * <p>Shapes and the order of elements are torch's, the last dimension running fastest. In the flat
 * vector a {@linkplain #vector vector} lies as it is, and is padded with zeros to a multiple of 16.
 */
public final class ParameterSpec {
  /** What becomes of a parameter in a step. */
  enum Role {
    /** The optimizer changes it along its gradient. */
    TRAINED,
    /** A running mean of the batches' statistics, which are in the slot of its gradient. */
    STATISTIC
  }

  private final Role role;
  private final String name;
  private final int[] shape;
  private final ParameterLayout layout;
  private final Initializer initializer;
  private final int trainable;

  private ParameterSpec(
      Role role,
      String name,
      int[] shape,
      ParameterLayout layout,
      Initializer initializer,
      int trainable) {
    if (name.isEmpty() || name.contains(".")) {
      throw new IllegalArgumentException(
          "a parameter cannot be named \"%s\": expected a word such as weight".formatted(name));
    }
    this.role = role;
    this.name = name;
    this.shape = shape;
    this.layout = layout;
    this.initializer = initializer;
    this.trainable = trainable;
  }

  /**
   * Returns a trained vector, such as a value for each channel.
   *
   * @param name what follows the layer's name: {@code bias}
   * @param count number of values, at least 1
   * @param initializer of each value
   * @throws IllegalArgumentException if the name or the count is impossible
   */
  public static ParameterSpec vector(String name, int count, Initializer initializer) {
    requirePositive(name, count);
    return of(name, new int[] {count}, ParameterLayout.vector(count), initializer);
  }

  /**
   * Returns a trained matrix from all values of an input to {@code outFeatures} values. Its shape
   * is (outFeatures, C*H*W), as torch flattens NCHW; it lies as (H,W,C,outFeatures), with C and
   * outFeatures padded to 16.
   *
   * @param name what follows the layer's name: {@code weight}
   * @throws IllegalArgumentException if the name or the number is impossible
   */
  public static ParameterSpec matrix(
      String name, int outFeatures, Shape input, Initializer initializer) {
    requirePositive(name, outFeatures);
    ParameterLayout layout = ParameterLayout.matrix(outFeatures, input);
    return of(name, new int[] {outFeatures, input.size()}, layout, initializer);
  }

  /**
   * Returns a running mean of one value for each channel, which is not trained: in the slot of its
   * gradient the layer leaves the statistic of a virtual node's batch.
   *
   * @param name what follows the layer's name: {@code running_mean}
   * @param channels number of values, at least 1
   * @param first what each value begins with
   * @throws IllegalArgumentException if the name or the number is impossible
   */
  public static ParameterSpec statistic(String name, int channels, float first) {
    requirePositive(name, channels);
    return new ParameterSpec(
        Role.STATISTIC,
        name,
        new int[] {channels},
        ParameterLayout.vector(channels),
        Initializer.constant(first),
        0);
  }

  private static void requirePositive(String name, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "the parameter %s of %s values is impossible: expected at least 1"
              .formatted(name, count));
    }
  }

  /** Returns a parameter all of which is trained. */
  static ParameterSpec of(
      String name, int[] shape, ParameterLayout layout, Initializer initializer) {
    return of(name, shape, layout, initializer, layout.count());
  }

  /** Returns a trained parameter of which {@code trainable} elements have a connection. */
  static ParameterSpec of(
      String name, int[] shape, ParameterLayout layout, Initializer initializer, int trainable) {
    return new ParameterSpec(Role.TRAINED, name, shape, layout, initializer, trainable);
  }

  Role role() {
    return role;
  }

  String name() {
    return name;
  }

  /** Returns the shape as torch has it. */
  int[] shape() {
    return shape;
  }

  ParameterLayout layout() {
    return layout;
  }

  Initializer initializer() {
    return initializer;
  }

  /** Returns how many elements are trained; fewer than all where connections are missing. */
  int trainable() {
    return trainable;
  }
}
