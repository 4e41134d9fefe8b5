package dev.convoy.optim;

/** Turns a gradient into new weights, on any slice of the flat vector. */
public interface Optimizer {
  /** The name in {@code train.optimizer.name}. */
  String name();

  /**
   * Updates weights [from, to).
   *
   * @param weights the flat vector
   * @param gradientSum the sum of gradients of all virtual nodes; element 0 belongs to {@code from}
   * @param scale what makes it a mean: the reciprocal of the number of virtual nodes
   * @param momentum the optimizer's state, zero at first; element 0 belongs to {@code from}
   */
  void update(
      float[] weights,
      int from,
      int to,
      float[] gradientSum,
      float scale,
      float learningRate,
      float[] momentum);
}
