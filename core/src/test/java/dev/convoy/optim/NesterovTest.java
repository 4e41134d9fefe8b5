package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import org.junit.jupiter.api.Test;

/** Nesterov's momentum as torch has it. */
class NesterovTest {
  /**
   * The lines of {@code torch/optim/sgd.py}: {@code grad = grad.add(param, alpha=weight_decay);
   * buf.mul_(momentum).add_(grad); grad = grad.add(buf, alpha=momentum); param.add_(grad,
   * alpha=-lr)}; the first step's buf is the gradient, which is the same with a buf of zero.
   */
  @Test
  void followsTorchsFormulaInDoublePrecision() {
    Nesterov nesterov = new Nesterov(0.9f, 1e-2f);
    float[] weights = Floats.random(1, 50);
    float[] velocity = new float[50];
    double[] expected = Floats.toDouble(weights);
    double[] buf = new double[50];
    for (int step = 0; step < 20; step++) {
      float[] sum = Floats.random(100 + step, 50);
      nesterov.update(new OptimizerShard(0, weights, sum, 0.125f, velocity), 0, 50, 0.1f);
      for (int i = 0; i < 50; i++) {
        double grad = sum[i] / 8.0 + 0.01 * expected[i];
        buf[i] = step == 0 ? grad : 0.9 * buf[i] + grad;
        grad += 0.9 * buf[i];
        expected[i] -= 0.1 * grad;
      }
    }
    Compare.close("weights", expected, weights, 1e-6);
    Compare.close("velocity", buf, velocity, 1e-6);
  }

  /**
   * Sutskever et al. 2013, equations 3 and 4, move theta by a velocity and take the gradient ahead
   * of it, at theta + momentum * velocity. That place is what is kept here as the weights.
   */
  @Test
  void theWeightsAreThePlaceAheadOfSutskeversTheta() {
    double momentum = 0.75;
    double rate = 0.25;
    double theta = 1;
    double velocity = 0;
    float[] weights = {1f};
    float[] state = {0f};
    Nesterov nesterov = new Nesterov((float) momentum, 0f);
    for (int step = 0; step < 12; step++) {
      // The gradient of x^2/2 + x is x + 1.
      double ahead = theta + momentum * velocity;
      assertEquals(ahead, weights[0], 1e-6);
      velocity = momentum * velocity - rate * (ahead + 1);
      theta += velocity;
      float[] gradient = {weights[0] + 1};
      nesterov.update(OptimizerShard.whole(weights, gradient, state), 0, 1, (float) rate);
    }
  }
}
