package dev.convoy.nn;

/**
 * What a layer asks for: a parameter that has no place yet.
 *
 * @param role what becomes of it in a step
 * @param name after the layer's: {@code weight} or {@code bias}
 * @param shape as torch has it
 * @param layout into the kernels' layout
 * @param initializer of each element
 * @param trainable how many elements are trained; fewer than all where connections are missing
 */
record ParameterSpec(
    Role role,
    String name,
    int[] shape,
    ParameterLayout layout,
    Initializer initializer,
    int trainable) {

  /** What becomes of a parameter in a step. */
  enum Role {
    /** The optimizer changes it along its gradient. */
    TRAINED,
    /** A running mean of what the batches show, in the slot of its gradient. */
    STATISTIC
  }

  /** Trained, all of it. */
  static ParameterSpec of(
      String name, int[] shape, ParameterLayout layout, Initializer initializer) {
    return of(name, shape, layout, initializer, layout.count());
  }

  /** Trained, but for what has no connection. */
  static ParameterSpec of(
      String name, int[] shape, ParameterLayout layout, Initializer initializer, int trainable) {
    return new ParameterSpec(Role.TRAINED, name, shape, layout, initializer, trainable);
  }

  /** A running mean of one value for each of {@code channels}, which begins with {@code first}. */
  static ParameterSpec statistic(String name, int channels, float first) {
    return new ParameterSpec(
        Role.STATISTIC,
        name,
        new int[] {channels},
        ParameterLayout.vector(channels),
        Initializer.constant(first),
        0);
  }
}
