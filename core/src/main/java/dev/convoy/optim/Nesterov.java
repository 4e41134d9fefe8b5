package dev.convoy.optim;

import java.util.List;

/**
 * Stochastic gradient descent with Nesterov's momentum and weight decay, in torch's form ({@code
 * SGD(nesterov=True)} without dampening): {@code g = gradient + decay * w; v = momentum * v + g; w
 * = w - rate * (g + momentum * v)}. It is Sutskever et al. 2013, equations 3 and 4, in terms of the
 * weights at which the gradient is taken, as Bengio et al. 2013, equation 7, write it, with the
 * rate outside of v.
 *
 * @param momentum of the velocity, 0 to below 1
 * @param weightDecay added to the gradient, times the weight; of every trained parameter
 */
public record Nesterov(float momentum, float weightDecay) implements Optimizer {
  static final OptimizerFactory FACTORY =
      new OptimizerFactory(
          "nesterov",
          "the same, looking ahead",
          List.of(),
          (its, ranges) ->
              ParameterGroups.of(
                  decay -> new Nesterov((float) its.momentum(), decay), its, ranges));

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
      weights[i] -= learningRate * (gradient + momentum * velocity[i]);
    }
  }
}
