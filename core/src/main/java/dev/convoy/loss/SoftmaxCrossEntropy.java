package dev.convoy.loss;

import dev.convoy.kernel.FloatMath;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * The negative logarithm of the softmax probability of the right class (Bridle 1990), or with label
 * smoothing the mean of such logarithms, of which all K classes have {@code labelSmoothing / K} and
 * the right one the rest (Szegedy et al. 2016, "Rethinking the Inception architecture", section 7).
 * Exponentials are in single precision, because they would slow LeNet-5 down in double; sums are in
 * double precision.
 *
 * @param labelSmoothing share of the target that is spread evenly over all classes, from 0 to below
 *     1
 */
public record SoftmaxCrossEntropy(double labelSmoothing) implements Loss {
  static final LossFactory FACTORY =
      new LossFactory(
          "softmax-cross-entropy",
          "the negative logarithm of the right class's probability",
          List.of("label-smoothing"),
          its -> new SoftmaxCrossEntropy(its.labelSmoothing()));

  @Override
  public String name() {
    return FACTORY.name();
  }

  @Override
  public float evaluate(int images, Tensor logits, int[] labels, Tensor gradient) {
    double total = 0;
    int classes = logits.shape().size();
    for (int n = 0; n < images; n++) {
      int at = logits.image(n);
      float largest = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        largest = Math.max(largest, logits.data()[at + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        float share = FloatMath.exp(logits.data()[at + c] - largest);
        sum += share;
        if (gradient != null) {
          gradient.data()[gradient.image(n) + c] = share;
        }
      }
      total += largest + StrictMath.log(sum) - expectedLogit(logits, at, labels[n]);
      if (gradient != null) {
        toGradient(gradient, gradient.image(n), sum, labels[n], images);
      }
    }
    return (float) (total / images);
  }

  /** Returns the mean of an image's logits under the target distribution. */
  private double expectedLogit(Tensor logits, int at, int label) {
    if (labelSmoothing == 0) {
      return logits.data()[at + label];
    }
    int classes = logits.shape().size();
    double all = 0;
    for (int c = 0; c < classes; c++) {
      all += logits.data()[at + c];
    }
    return (1 - labelSmoothing) * logits.data()[at + label] + labelSmoothing / classes * all;
  }

  /** Turns one image's shares of {@code sum} into its gradient. */
  private void toGradient(Tensor shares, int at, double sum, int label, int images) {
    int classes = shares.shape().size();
    double scale = 1 / (sum * images);
    double wrong = labelSmoothing / classes * sum;
    double right = shares.data()[at + label];
    for (int c = 0; c < classes; c++) {
      shares.data()[at + c] = (float) ((shares.data()[at + c] - wrong) * scale);
    }
    // In double precision, for near the end of training it is a small difference.
    double target = (1 - labelSmoothing) * sum + wrong;
    shares.data()[at + label] = (float) ((right - target) * scale);
  }

  @Override
  public double[] probabilities(Tensor logits, int image) {
    int at = logits.image(image);
    double[] probabilities = new double[logits.shape().size()];
    float largest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < probabilities.length; c++) {
      largest = Math.max(largest, logits.data()[at + c]);
    }
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = StrictMath.exp((double) logits.data()[at + c] - largest);
      sum += probabilities[c];
    }
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }
}
