package dev.convoy.nn;

import dev.convoy.kernel.ResponseNormalizationKernel;
import dev.convoy.kernel.ResponseNormalizationKernel.Constants;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * Local response normalization, {@code b[c] = a[c] / (k + alpha * sum of a[j]^2)^beta} over {@code
 * size} neighbouring channels j (Krizhevsky et al. 2012, section 3.3).
 *
 * @param size n, odd
 * @param k added to the sum
 * @param alpha factor of the sum
 * @param beta exponent, which must be 0.75, that of all published networks
 * @param mean whether {@code alpha} is divided by {@code size}, as in torch
 */
public record LocalResponseNormalization(int size, float k, float alpha, float beta, boolean mean)
    implements Layer {
  private static final float BETA = 0.75f;

  public LocalResponseNormalization {
    if (beta != BETA) {
      throw new IllegalArgumentException(
          "local response normalization with beta = %s is not implemented; it must be %s"
              .formatted(beta, BETA));
    }
    constants(size, k, alpha, mean);
  }

  private static Constants constants(int size, float k, float alpha, boolean mean) {
    return new Constants(size, k, mean ? alpha / size : alpha);
  }

  /** Returns the paper's constants: n = 5, k = 2, alpha = 1e-4. */
  public static LocalResponseNormalization ofAlexNet() {
    return new LocalResponseNormalization(5, 2f, 1e-4f, BETA, false);
  }

  @Override
  public String kind() {
    return "local response normalization";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    Shape shape = binding.paddedInput(this).shape();
    Constants constants = constants(size, k, alpha, mean);
    return new Bound(
        binding, binding.kernels().responseNormalization(shape, constants, binding.workspace()));
  }

  private record Bound(Binding to, ResponseNormalizationKernel normalization)
      implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      normalization.forward(pass.worker(), pass.images(), to.input(), to.output());
    }

    @Override
    public void backward(Pass pass) {
      if (to.inputGradient() != null) {
        normalization.backward(
            pass.worker(),
            pass.images(),
            to.input(),
            to.outputGradient(),
            to.adds(),
            to.inputGradient());
      }
    }
  }
}
