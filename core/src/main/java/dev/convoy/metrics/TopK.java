package dev.convoy.metrics;

import dev.convoy.tensor.Tensor;

/** Top-k accuracy: how often the right class is among the k best scores. */
public final class TopK {
  private TopK() {}

  /** Returns whether top-k accuracy is informative, which takes more than {@code k} classes. */
  public static boolean tells(int k, int classes) {
    return classes > k;
  }

  /**
   * Returns how many of the first {@code images} images have their label among the {@code k} best;
   * of equal scores the lower class comes first, and NaN comes before all numbers.
   */
  public static int correct(int images, Tensor logits, int[] labels, int k) {
    int correct = 0;
    for (int n = 0; n < images; n++) {
      if (rank(logits, n, labels[n]) < k) {
        correct++;
      }
    }
    return correct;
  }

  /** Returns how many classes come before {@code label} in the order of scores. */
  private static int rank(Tensor logits, int image, int label) {
    int at = logits.image(image);
    float own = logits.data()[at + label];
    int rank = 0;
    for (int c = 0; c < logits.shape().size(); c++) {
      float score = logits.data()[at + c];
      boolean behind = score < own || (score == own && c >= label);
      if (!behind) {
        rank++;
      }
    }
    return rank;
  }

  /** Returns the {@code k} best classes of one image, best first. */
  public static int[] best(Tensor logits, int image, int k) {
    int classes = logits.shape().size();
    int[] best = new int[Math.min(k, classes)];
    for (int c = 0; c < classes; c++) {
      int rank = rank(logits, image, c);
      if (rank < best.length) {
        best[rank] = c;
      }
    }
    return best;
  }
}
