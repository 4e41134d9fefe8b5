package dev.convoy.benchmarks;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** Tensors filled with numbers of ordinary size. */
final class Numbers {
  private Numbers() {}

  /** Returns a mixture of both signs with a few equal values. */
  static Tensor of(int images, Shape shape) {
    Tensor tensor = Tensor.activations(images, shape);
    float[] data = tensor.data();
    for (int i = 0; i < data.length; i++) {
      data[i] = (i * 31 % 1009 - 504) / 512f;
    }
    return tensor;
  }

  /** Copies a tensor, which is the speed of memory. */
  static float[] copy(Tensor from, Tensor to) {
    System.arraycopy(from.data(), 0, to.data(), 0, from.data().length);
    return to.data();
  }
}
