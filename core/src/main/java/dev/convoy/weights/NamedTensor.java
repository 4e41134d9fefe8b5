package dev.convoy.weights;

import java.util.Arrays;
import java.util.Locale;

/**
 * A float32 tensor under the name that torchvision gives it.
 *
 * @param name not empty
 * @param shape extents, slowest first, in torch's order (a convolution's weight is OIHW); a scalar
 *     has none
 * @param values as many as the product of {@code shape}, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // Equality by content is written out below.
public record NamedTensor(String name, int[] shape, float[] values) {
  /** Checks that name, shape and values fit together; the arrays are kept, not copied. */
  public NamedTensor {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a tensor needs a name");
    }
    long elements = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            "tensor " + name + " has the shape " + Arrays.toString(shape) + ", which is negative");
      }
      // Saturates instead of wrapping, so that no product of extents looks right by accident.
      elements = Math.min((long) Integer.MAX_VALUE + 1, elements * extent);
    }
    if (elements != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor %s has %d values, but its shape is %s",
              name,
              values.length,
              Arrays.toString(shape)));
    }
  }

  /** Returns whether name, shape and bits are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NamedTensor that
        && name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Arrays.hashCode(shape)) + Arrays.hashCode(values);
  }

  /** Returns name and shape, without the values. */
  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
