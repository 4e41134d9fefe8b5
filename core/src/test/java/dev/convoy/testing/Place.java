package dev.convoy.testing;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Floats.Kind;
import java.util.Arrays;

/** Where a tensor lies in its array: by itself, or among the channels of a greater one. */
public enum Place {
  /** From the array's beginning, nothing between its pixels. */
  ALONE(0, 0),
  /** The last channels of a greater tensor. */
  LAST(48, 0),
  /** Channels in the middle of a greater tensor. */
  AMONG(16, 32);

  private final int before;
  private final int behind;

  Place(int before, int behind) {
    this.before = before;
    this.behind = behind;
  }

  /** Of which everything is {@link Floats#UNTOUCHED}. */
  public Tensor untouched(int images, Shape shape) {
    int stride = before + Layout.padded(shape.channels()) + behind;
    float[] data = Floats.untouched(images * shape.pixels() * stride);
    return new Tensor(data, before, images, shape, stride);
  }

  /** With values in its channels, zeros in their padding, and around it what was untouched. */
  public Tensor random(long seed, int images, Shape shape, Kind kind) {
    Tensor tensor = untouched(images, shape);
    float[] values = Floats.random(seed, images * shape.size(), kind);
    for (int p = 0; p < images * shape.pixels(); p++) {
      int at = tensor.pixel(p);
      Arrays.fill(tensor.data(), at, at + Layout.padded(shape.channels()), 0f);
      System.arraycopy(values, p * shape.channels(), tensor.data(), at, shape.channels());
    }
    return tensor;
  }
}
