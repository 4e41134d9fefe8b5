package dev.convoy.nn;

import dev.convoy.random.CounterRandom;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * Dropout (Srivastava et al. 2014), inverted as in torch: in training each value is zero with
 * probability {@code rate} and otherwise divided by {@code 1 - rate}; in evaluation nothing
 * happens.
 *
 * <p>Whether value (y,x,c) of an image is kept is a pure function of the image's key in {@link
 * Pass#keys}, of the layer's name, and of {@code (y * width + x) * channels + c}. It is computed
 * anew in the backward pass.
 *
 * @param rate probability of zero
 */
public record Dropout(float rate) implements Layer {
  /** Steps of the uniform numbers that are compared with the rate. */
  private static final float STEPS = 0x1p24f;

  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout with a rate of %s is impossible: it must be at least 0 and below 1"
              .formatted(rate));
    }
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  /** Returns the only input: each value depends on itself alone. */
  @Override
  public int gradientInPlace(List<Shape> inputs) {
    return 0;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    binding.paddedInput(this);
    return new Bound(
        binding,
        CounterRandom.part(binding.name()),
        (int) Math.ceil(rate * STEPS),
        1f / (1f - rate));
  }

  /**
   * The layer in a replica; a value is kept if its 24 random bits are at least {@code threshold}.
   */
  private record Bound(Binding to, long part, int threshold, float scale) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      int end = pass.worker().to(pass.images());
      for (int n = pass.worker().from(pass.images()); n < end; n++) {
        if (pass.training()) {
          mask(CounterRandom.derive(pass.keys()[n], part), n, to.input(), false, to.output());
        } else {
          copy(n, to.input(), to.output());
        }
      }
    }

    @Override
    public void backward(Pass pass) {
      int end = to.inputGradient() == null ? 0 : pass.worker().to(pass.images());
      for (int n = pass.worker().from(pass.images()); n < end; n++) {
        long key = CounterRandom.derive(pass.keys()[n], part);
        mask(key, n, to.outputGradient(), to.adds(), to.inputGradient());
      }
    }

    private static void copy(int n, Tensor from, Tensor result) {
      int channels = Layout.padded(from.shape().channels());
      int pixels = from.shape().pixels();
      for (int p = n * pixels; p < (n + 1) * pixels; p++) {
        System.arraycopy(from.data(), from.pixel(p), result.data(), result.pixel(p), channels);
      }
    }

    private void mask(long key, int n, Tensor from, boolean add, Tensor result) {
      Shape shape = from.shape();
      for (int p = 0; p < shape.pixels(); p++) {
        int pixel = n * shape.pixels() + p;
        mask(key, p * shape.channels(), from, from.pixel(pixel), add, result, result.pixel(pixel));
      }
    }

    private void mask(
        long key, int counter, Tensor from, int at, boolean add, Tensor result, int to) {
      for (int c = 0; c < Layout.padded(from.shape().channels()); c++) {
        boolean kept = CounterRandom.bits(key, counter + c) >>> 40 >= threshold;
        float value = kept ? from.data()[at + c] * scale : 0f;
        result.data()[to + c] = add ? result.data()[to + c] + value : value;
      }
    }
  }
}
