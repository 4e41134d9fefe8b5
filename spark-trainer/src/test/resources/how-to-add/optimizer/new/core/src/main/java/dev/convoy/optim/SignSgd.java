package dev.convoy.optim;

import java.util.List;

/**
 * Steps of one size, in the direction of the gradient's sign (Bernstein et al. 2018, "signSGD",
 * algorithm 1).
 *
 * @param weightDecay added to the direction, times the weight
 */
public record SignSgd(float weightDecay) implements Optimizer {
  static final OptimizerFactory FACTORY =
      new OptimizerFactory(
          "sign-sgd",
          "steps of one size by the gradient's sign",
          List.of(),
          (its, ranges) -> ParameterGroups.of(SignSgd::new, its, ranges));

  @Override
  public String name() {
    return FACTORY.name();
  }

  @Override
  public void update(OptimizerShard shard, int from, int to, float learningRate) {
    for (int i = from - shard.first(); i < to - shard.first(); i++) {
      float direction = Math.signum(shard.gradientSum()[i]);
      shard.weights()[i] -= learningRate * (direction + weightDecay * shard.weights()[i]);
    }
  }
}
