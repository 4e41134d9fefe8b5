package dev.convoy.train;

import dev.convoy.loss.Loss;
import dev.convoy.tensor.Tensor;

/**
 * The mean over an image's crops of a network's predictions: "averaging the predictions made by the
 * network's softmax layer on the ten patches" (Krizhevsky et al. 2012, section 4.1).
 */
public final class CropAverage {
  /** The smallest probability whose logarithm is taken. */
  private static final double SMALLEST = Float.MIN_NORMAL;

  private CropAverage() {}

  /**
   * Replaces the logits by the logarithms of the mean probabilities; the softmax of these is the
   * mean probabilities again.
   *
   * @param images how many, each of {@code crops} consecutive rows
   * @param logits (images x crops, classes); afterwards (images, classes)
   */
  public static void of(int images, int crops, Loss loss, Tensor logits) {
    if (crops == 1) {
      return;
    }
    int classes = logits.shape().channels();
    for (int image = 0; image < images; image++) {
      double[] sum = new double[classes];
      for (int crop = 0; crop < crops; crop++) {
        double[] probabilities = loss.probabilities(logits, image * crops + crop);
        for (int c = 0; c < classes; c++) {
          sum[c] += probabilities[c];
        }
      }
      // Rows before this one are done, and this row's crops have been read.
      int row = logits.image(image);
      for (int c = 0; c < classes; c++) {
        logits.data()[row + c] = (float) StrictMath.log(Math.max(SMALLEST, sum[c] / crops));
      }
    }
  }
}
