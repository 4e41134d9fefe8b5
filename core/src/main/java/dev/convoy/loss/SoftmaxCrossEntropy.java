package dev.convoy.loss;

import dev.convoy.kernel.FloatMath;
import dev.convoy.tensor.Tensor;

/**
 * The negative logarithm of the softmax probability of the right class (Bridle 1990). Exponentials
 * are in single precision, for LeNet-5 would wait for them; sums are in double precision.
 */
public final class SoftmaxCrossEntropy implements Loss {
  @Override
  public String name() {
    return "softmax-cross-entropy";
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
      total += largest + StrictMath.log(sum) - logits.data()[at + labels[n]];
      if (gradient != null) {
        toGradient(gradient, gradient.image(n), sum, labels[n], images);
      }
    }
    return (float) (total / images);
  }

  /** Of one image: from shares of {@code sum} to the gradient. */
  private static void toGradient(Tensor shares, int at, double sum, int label, int images) {
    double scale = 1 / (sum * images);
    double right = shares.data()[at + label];
    for (int c = 0; c < shares.shape().size(); c++) {
      shares.data()[at + c] = (float) (shares.data()[at + c] * scale);
    }
    // In double precision, for near the end of training it is a small difference.
    shares.data()[at + label] = (float) ((right - sum) * scale);
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
