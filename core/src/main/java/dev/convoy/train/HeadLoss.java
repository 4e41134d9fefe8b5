package dev.convoy.train;

import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Replica;
import dev.convoy.tensor.Tensor;

/**
 * The loss of some of a replica's images: the loss of the network's logits, plus that of each
 * auxiliary head times its weight (Szegedy et al. 2014, section 5).
 */
public final class HeadLoss {
  private final int images;
  private final Tensor logits;
  private final Tensor gradient;
  private final Auxiliary[] auxiliaries;

  private record Auxiliary(float weight, Tensor logits, Tensor gradient) {}

  /** Makes the loss of {@code images} images from {@code first} on. */
  public HeadLoss(Replica replica, int first, int images) {
    this.images = images;
    logits = replica.logits().from(first, images);
    gradient = replica.logitsGradient().from(first, images);
    auxiliaries =
        replica.network().auxiliaries().stream()
            .map(head -> auxiliary(replica, head, first, images))
            .toArray(Auxiliary[]::new);
  }

  private static Auxiliary auxiliary(Replica replica, Network.Head head, int first, int images) {
    return new Auxiliary(
        head.weight(),
        replica.logits(head).from(first, images),
        replica.logitsGradient(head).from(first, images));
  }

  /** Computes the mean loss, and the gradients of all heads' logits in the replica. */
  public float evaluate(Loss loss, int[] labels) {
    float total = loss.evaluate(images, logits, labels, gradient);
    for (Auxiliary head : auxiliaries) {
      total += head.weight() * loss.evaluate(images, head.logits(), labels, head.gradient());
      scale(head.gradient(), head.weight());
    }
    return total;
  }

  private static void scale(Tensor gradient, float weight) {
    int end = gradient.image(gradient.images());
    for (int i = gradient.at(); i < end; i++) {
      gradient.data()[i] *= weight;
    }
  }

  /** Returns the logits of these images, (images,classes). */
  Tensor logits() {
    return logits;
  }
}
