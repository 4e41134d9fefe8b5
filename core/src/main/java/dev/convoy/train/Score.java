package dev.convoy.train;

import dev.convoy.metrics.TopK;

/**
 * How well some images were classified.
 *
 * @param lossSum sum of losses
 * @param top1Correct images whose best class is right
 * @param top5Correct images with the right class among the five best
 * @param images how many
 */
public record Score(double lossSum, double top1Correct, double top5Correct, double images) {
  /** The score of no images. */
  public static final Score NONE = new Score(0, 0, 0, 0);

  /** Returns this score with more images added. */
  public Score plus(double loss, double top1, double top5, double count) {
    return new Score(lossSum + loss, top1Correct + top1, top5Correct + top5, images + count);
  }

  /** Returns the mean loss of an image. */
  public double loss() {
    return lossSum / images;
  }

  /** Returns the fraction of images whose best class is right. */
  public double top1() {
    return top1Correct / images;
  }

  /**
   * Returns the fraction of images with the right class among the five best; NaN below six classes,
   * where all are among them.
   */
  public double top5(int classes) {
    return TopK.tells(5, classes) ? top5Correct / images : Double.NaN;
  }

  /** Returns whether the loss is finite, so that training still makes sense. */
  public boolean finite() {
    return Double.isFinite(lossSum);
  }
}
