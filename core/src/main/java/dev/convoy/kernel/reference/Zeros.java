package dev.convoy.kernel.reference;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/** Clears tensors to which gradients are then added. */
final class Zeros {
  private Zeros() {}

  static void fill(Tensor tensor, int images) {
    int channels = Layout.padded(tensor.shape().channels());
    for (int p = 0; p < images * tensor.shape().pixels(); p++) {
      Arrays.fill(tensor.data(), tensor.pixel(p), tensor.pixel(p) + channels, 0f);
    }
  }
}
