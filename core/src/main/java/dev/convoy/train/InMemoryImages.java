package dev.convoy.train;

import dev.convoy.tensor.Tensor;

/** The images of an evaluation that are in memory; all belong to virtual node 0. */
final class InMemoryImages implements EvaluationSource {
  private final Batch images;
  private final int microbatch;

  InMemoryImages(Batch images, int microbatch) {
    this.images = images;
    this.microbatch = microbatch;
  }

  @Override
  public int rounds() {
    return (images.size() + microbatch - 1) / microbatch;
  }

  @Override
  public int copy(int round, int node, Tensor input, int[] labels) {
    int first = round * microbatch;
    int count = Math.min(microbatch, images.size() - first);
    int length = input.shape().size();
    System.arraycopy(images.images(), first * length, input.data(), input.at(), count * length);
    System.arraycopy(images.labels(), first, labels, 0, count);
    return count;
  }
}
