package dev.convoy.loss;

import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * The loss of LeNet-5 (LeCun et al. 1998, equation 9): {@code y_D + log(e^-j + sum over i of
 * e^-y_i)}, where y are the penalties of the radial basis units and D is the right class. The
 * second term keeps the penalties of wrong classes up, as far as j. Logits are minus the penalties.
 *
 * @param j the paper's positive constant
 */
public record RadialBasisLoss(double j) implements Loss {
  static final LossFactory FACTORY =
      new LossFactory("rbf", "LeCun et al. 1998, equation 9", List.of("j"), RadialBasisLoss::of);

  private static Loss of(Losses.Settings settings) {
    if (settings.labelSmoothing() > 0) {
      throw new IllegalArgumentException(
          "the loss rbf has no probabilities whose labels could be smoothed");
    }
    return new RadialBasisLoss(settings.j());
  }

  @Override
  public String name() {
    return FACTORY.name();
  }

  @Override
  public float evaluate(int images, Tensor logits, int[] labels, Tensor gradient) {
    double total = 0;
    int classes = logits.shape().size();
    double floor = StrictMath.exp(-j);
    for (int n = 0; n < images; n++) {
      int at = logits.image(n);
      double sum = floor;
      for (int c = 0; c < classes; c++) {
        sum += StrictMath.exp(logits.data()[at + c]);
      }
      total += StrictMath.log(sum) - logits.data()[at + labels[n]];
      if (gradient != null) {
        for (int c = 0; c < classes; c++) {
          double share = StrictMath.exp(logits.data()[at + c]) / sum;
          double target = c == labels[n] ? 1 : 0;
          gradient.data()[gradient.image(n) + c] = (float) ((share - target) / images);
        }
      }
    }
    return (float) (total / images);
  }

  /**
   * Returns the shares of the sum in the loss; the share of e^-j is left for "none of the classes".
   */
  @Override
  public double[] probabilities(Tensor logits, int image) {
    int at = logits.image(image);
    double[] shares = new double[logits.shape().size()];
    double sum = StrictMath.exp(-j);
    for (int c = 0; c < shares.length; c++) {
      shares[c] = StrictMath.exp(logits.data()[at + c]);
      sum += shares[c];
    }
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= sum;
    }
    return shares;
  }
}
