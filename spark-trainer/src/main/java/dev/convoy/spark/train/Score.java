package dev.convoy.spark.train;

import dev.convoy.metrics.TopK;

/**
 * How well some images were classified.
 *
 * @param lossSum sum of losses
 * @param right1 images whose best class is right
 * @param right5 images with the right class among the five best
 * @param images how many
 */
record Score(double lossSum, double right1, double right5, double images) {
  static final Score NONE = new Score(0, 0, 0, 0);

  Score plus(double loss, double top1, double top5, double count) {
    return new Score(lossSum + loss, right1 + top1, right5 + top5, images + count);
  }

  Score plus(Score other) {
    return plus(other.lossSum, other.right1, other.right5, other.images);
  }

  /** Mean loss of an image. */
  double loss() {
    return lossSum / images;
  }

  /** Fraction of images whose best class is right. */
  double top1() {
    return right1 / images;
  }

  /**
   * Fraction of images with the right class among the five best; NaN below six classes, where all
   * are among them.
   */
  double top5(int classes) {
    return TopK.tells(5, classes) ? right5 / images : Double.NaN;
  }

  /** Whether training still makes sense. */
  boolean finite() {
    return Double.isFinite(lossSum);
  }
}
