package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import org.junit.jupiter.api.Test;

/** Stochastic gradient descent with momentum and weight decay. */
class SgdTest {
  private static final float RATE = 0.1f;

  @Test
  void followsTorchsFormulaInDoublePrecision() {
    Sgd sgd = new Sgd(0.9f, 1e-2f);
    float[] weights = Floats.random(1, 50);
    double[] expected = Floats.toDouble(weights);
    double[] expectedVelocity = new double[50];
    float[] velocity = new float[50];
    for (int step = 0; step < 20; step++) {
      float[] sum = Floats.random(100 + step, 50);
      sgd.update(new OptimizerShard(0, weights, sum, 0.125f, velocity), 0, 50, RATE);
      for (int i = 0; i < 50; i++) {
        double gradient = sum[i] / 8.0 + 0.01 * expected[i];
        expectedVelocity[i] = 0.9 * expectedVelocity[i] + gradient;
        expected[i] -= 0.1 * expectedVelocity[i];
      }
    }
    Compare.close("weights", expected, weights, 1e-6);
    Compare.close("velocity", expectedVelocity, velocity, 1e-6);
  }

  @Test
  void twoStepsByHand() {
    float[] weights = {2f};
    float[] velocity = {0f};
    Sgd sgd = new Sgd(0.5f, 0.25f);
    // g = 8/2 + 0.25*2 = 4.5; v = 4.5; w = 2 - 4.5
    sgd.update(new OptimizerShard(0, weights, new float[] {8f}, 0.5f, velocity), 0, 1, 1f);
    assertEquals(-2.5f, weights[0]);
    assertEquals(4.5f, velocity[0]);
    // g = 0 + 0.25*-2.5 = -0.625; v = 2.25 - 0.625 = 1.625; w = -2.5 - 1.625
    sgd.update(new OptimizerShard(0, weights, new float[] {0f}, 0.5f, velocity), 0, 1, 1f);
    assertEquals(-4.125f, weights[0]);
    assertEquals(1.625f, velocity[0]);
  }
}
