package dev.convoy.optim;

/**
 * Stochastic gradient descent with momentum and weight decay, in torch's form: {@code g = gradient
 * + decay * w; v = momentum * v + g; w = w - rate * v} (Sutskever et al. 2013, section 2, with the
 * rate outside of v).
 *
 * @param momentum of the velocity, 0 to below 1
 * @param weightDecay added to the gradient, times the weight; of every parameter
 */
public record Sgd(float momentum, float weightDecay) implements Optimizer {
  @Override
  public String name() {
    return "sgd";
  }

  /** A plain loop: it is elementwise, and the JIT makes vectors of it without changing a bit. */
  @Override
  public void update(
      float[] weights,
      int from,
      int to,
      float[] gradientSum,
      float scale,
      float learningRate,
      float[] velocity) {
    for (int i = 0; i < to - from; i++) {
      float weight = weights[from + i];
      float gradient = gradientSum[i] * scale + weightDecay * weight;
      float v = momentum * velocity[i] + gradient;
      velocity[i] = v;
      weights[from + i] = weight - learningRate * v;
    }
  }
}
