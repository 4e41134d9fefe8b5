package dev.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {
  private static Tensor logits(float... values) {
    Tensor logits = Tensor.activations(2, Shape.vector(values.length));
    System.arraycopy(values, 0, logits.data(), logits.imageLength(), values.length);
    return logits;
  }

  @Test
  void softmaxGivesShares() {
    double[] shares =
        new SoftmaxCrossEntropy(0).probabilities(logits(0f, 0f, (float) Math.log(2)), 1);
    assertArrayEquals(new double[] {0.25, 0.25, 0.5}, shares, 1e-7);
  }

  @Test
  void softmaxOfLargeLogitsIsFinite() {
    double[] shares = new SoftmaxCrossEntropy(0).probabilities(logits(1000f, -1000f), 1);
    assertArrayEquals(new double[] {1, 0}, shares);
  }

  /** Where the right class is c, the loss' gradient is share - 1 at c and share elsewhere. */
  @Test
  void theyAreThoseOfTheGradient() {
    for (Loss loss : new Loss[] {new SoftmaxCrossEntropy(0), new RadialBasisLoss(2)}) {
      Tensor logits = logits(-1f, -3f, -0.5f);
      Tensor gradient = Tensor.activations(2, logits.shape());
      loss.evaluate(2, logits, new int[] {0, 1}, gradient);
      double[] shares = loss.probabilities(logits, 1);
      for (int c = 0; c < 3; c++) {
        double target = c == 1 ? 1 : 0;
        assertEquals(2 * gradient.data()[gradient.imageLength() + c] + target, shares[c], 1e-6);
      }
    }
  }

  @Test
  void theRadialBasisLossLeavesAShareForNoneOfThem() {
    double sum = Arrays.stream(new RadialBasisLoss(2).probabilities(logits(-9f, -9f), 1)).sum();
    assertEquals(2 * Math.exp(-9) / (2 * Math.exp(-9) + Math.exp(-2)), sum, 1e-12);
  }
}
