package dev.convoy.train;

import dev.convoy.nn.Network;
import java.util.Locale;

/** Checks batches in memory before they reach a network. */
final class BatchCheck {
  private BatchCheck() {}

  /**
   * Checks the number of values and the range of the labels.
   *
   * @throws IllegalArgumentException naming what is wrong and what is allowed
   */
  static void require(Network network, Batch batch) {
    if (batch.size() == 0) {
      throw new IllegalArgumentException("a batch needs at least one image");
    }
    long values = (long) batch.size() * network.input().size();
    if (batch.images().length != values) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d images of %s need %d x %s = %d values, got %d",
              batch.size(),
              network.name(),
              batch.size(),
              network.input(),
              values,
              batch.images().length));
    }
    for (int i = 0; i < batch.size(); i++) {
      if (batch.labels()[i] < 0 || batch.labels()[i] >= network.classes()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the label of image %d is %d; %s has the classes 0 to %d",
                i,
                batch.labels()[i],
                network.name(),
                network.classes() - 1));
      }
    }
  }
}
