package dev.convoy.benchmarks;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;

/** Numbers of ordinary size; which ones does not matter. */
final class Numbers {
  private Numbers() {}

  /** A mixture of both signs with a few draws. */
  static Tensor of(int images, Shape shape) {
    Tensor tensor = Tensor.activations(images, shape);
    float[] data = tensor.data();
    for (int i = 0; i < data.length; i++) {
      data[i] = (i * 31 % 1009 - 504) / 512f;
    }
    return tensor;
  }

  /** What the memory can do: reads as much as it writes. */
  static float[] copy(Tensor from, Tensor to) {
    System.arraycopy(from.data(), 0, to.data(), 0, from.data().length);
    return to.data();
  }
}
