package dev.convoy.optim;

import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay, in torch's form: {@code g = gradient
 * + decay * w; v = momentum * v + g; w = w - rate * v} (Sutskever et al. 2013, section 2, with the
 * rate outside of v).
 *
 * @param momentum of the velocity, 0 to below 1
 * @param weightDecay added to the gradient, times the weight; of every trained parameter
 */
public record Sgd(float momentum, float weightDecay) implements Optimizer {
  static final OptimizerFactory FACTORY =
      new OptimizerFactory(
          "sgd",
          "stochastic gradient descent with momentum",
          List.of(),
          (its, ranges) ->
              ParameterGroups.of(decay -> new Sgd((float) its.momentum(), decay), its, ranges));

  /** Returns SGD with this momentum and weight decay. */
  public static Sgd of(double momentum, double weightDecay) {
    return new Sgd((float) momentum, (float) weightDecay);
  }

  @Override
  public String name() {
    return FACTORY.name();
  }

  @Override
  public void update(OptimizerShard shard, int from, int to, float learningRate) {
    float[] weights = shard.weights();
    float[] sum = shard.gradientSum();
    float[] velocity = shard.momentum();
    float scale = shard.scale();
    int end = to - shard.first();
    for (int i = from - shard.first(); i < end; i++) {
      float gradient = sum[i] * scale + weightDecay * weights[i];
      velocity[i] = momentum * velocity[i] + gradient;
      weights[i] -= learningRate * velocity[i];
    }
  }
}
