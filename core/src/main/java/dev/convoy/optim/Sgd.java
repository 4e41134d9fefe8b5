package dev.convoy.optim;

/**
 * Stochastic gradient descent with momentum and weight decay, in torch's form: {@code g = gradient
 * + decay * w; v = momentum * v + g; w = w - rate * v} (Sutskever et al. 2013, section 2, with the
 * rate outside of v).
 *
 * @param momentum of the velocity, 0 to below 1
 * @param weightDecay added to the gradient, times the weight; of every trained parameter
 */
public record Sgd(float momentum, float weightDecay) implements Optimizer {
  @Override
  public String name() {
    return "sgd";
  }

  /** A plain loop: it is elementwise, and the JIT makes vectors of it without changing a bit. */
  @Override
  public void update(Slice slice, int from, int to, float learningRate) {
    float[] weights = slice.weights();
    float[] gradientSum = slice.gradientSum();
    float[] velocity = slice.momentum();
    float scale = slice.scale();
    int first = slice.first();
    for (int i = from; i < to; i++) {
      float weight = weights[i];
      float gradient = gradientSum[i - first] * scale + weightDecay * weight;
      float v = momentum * velocity[i - first] + gradient;
      velocity[i - first] = v;
      weights[i] = weight - learningRate * v;
    }
  }
}
