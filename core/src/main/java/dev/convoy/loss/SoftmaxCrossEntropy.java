package dev.convoy.loss;

import dev.convoy.tensor.Tensor;

/** The negative logarithm of the softmax probability of the right class (Bridle 1990). */
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
        sum += StrictMath.exp((double) logits.data()[at + c] - largest);
      }
      double logSum = largest + StrictMath.log(sum);
      total += logSum - logits.data()[at + labels[n]];
      if (gradient != null) {
        for (int c = 0; c < classes; c++) {
          double probability = StrictMath.exp(logits.data()[at + c] - logSum);
          double target = c == labels[n] ? 1 : 0;
          gradient.data()[gradient.image(n) + c] = (float) ((probability - target) / images);
        }
      }
    }
    return (float) (total / images);
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
