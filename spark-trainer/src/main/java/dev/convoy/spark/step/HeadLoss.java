package dev.convoy.spark.step;

import dev.convoy.loss.Loss;
import dev.convoy.nn.Replica;
import dev.convoy.tensor.Tensor;

/** The loss of some of a replica's images. */
public final class HeadLoss {
  private final int images;
  private final Tensor logits;
  private final Tensor gradient;

  /** Of {@code images} images from {@code first} on. */
  public HeadLoss(Replica replica, int first, int images) {
    this.images = images;
    logits = replica.logits().from(first, images);
    gradient = replica.logitsGradient().from(first, images);
  }

  /** The mean loss; leaves its gradient in the replica. */
  public float evaluate(Loss loss, int[] labels) {
    return loss.evaluate(images, logits, labels, gradient);
  }

  /** Of these images, (images,classes). */
  Tensor logits() {
    return logits;
  }
}
