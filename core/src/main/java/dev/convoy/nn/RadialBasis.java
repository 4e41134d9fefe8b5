package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The output layer of LeNet-5 (LeCun et al. 1998, equation 7): unit i gives the squared Euclidean
 * distance between its input and a fixed code of -1 and +1. Its output is <em>minus</em> the
 * paper's penalty y, so that, as in every network, the largest output is the best class.
 */
public final class RadialBasis implements Layer {
  private final float[][] codes;

  /** Makes a layer with one code for each class, all of the same length. */
  public RadialBasis(float[][] codes) {
    this.codes = Arrays.stream(codes).map(float[]::clone).toArray(float[][]::new);
  }

  /** Returns a copy of the codes, one for each class. */
  public float[][] codes() {
    return Arrays.stream(codes).map(float[]::clone).toArray(float[][]::new);
  }

  @Override
  public String kind() {
    return "radial basis";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    if (!inputs.get(0).equals(Shape.vector(codes[0].length))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "codes of length %d cannot be compared with %s",
              codes[0].length,
              inputs.get(0)));
    }
    return Shape.vector(codes.length);
  }

  @Override
  public long connections(List<Shape> inputs) {
    return (long) codes.length * codes[0].length;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    return new Bound(binding, codes);
  }

  /**
   * The layer in a replica, in plain loops: its 840 connections are a thousandth of the network's.
   */
  private record Bound(Binding to, float[][] codes) implements BoundLayer {
    @Override
    public void forward(Pass pass) {
      Tensor in = to.input();
      Tensor out = to.output();
      int end = pass.worker().to(pass.images());
      for (int n = pass.worker().from(pass.images()); n < end; n++) {
        for (int i = 0; i < codes.length; i++) {
          float penalty = 0f;
          for (int j = 0; j < codes[i].length; j++) {
            float difference = in.data()[in.image(n) + j] - codes[i][j];
            penalty = Math.fma(difference, difference, penalty);
          }
          out.data()[out.image(n) + i] = -penalty;
        }
        Arrays.fill(out.data(), out.image(n) + codes.length, out.image(n + 1), 0f);
      }
    }

    @Override
    public void backward(Pass pass) {
      Tensor gradient = to.inputGradient();
      if (gradient == null) {
        return;
      }
      Tensor in = to.input();
      Tensor outputGradient = to.outputGradient();
      int end = pass.worker().to(pass.images());
      for (int n = pass.worker().from(pass.images()); n < end; n++) {
        for (int j = 0; j < codes[0].length; j++) {
          float sum = 0f;
          for (int i = 0; i < codes.length; i++) {
            float difference = in.data()[in.image(n) + j] - codes[i][j];
            sum =
                Math.fma(outputGradient.data()[outputGradient.image(n) + i], -2f * difference, sum);
          }
          int at = gradient.image(n) + j;
          gradient.data()[at] = to.adds() ? gradient.data()[at] + sum : sum;
        }
        Arrays.fill(
            gradient.data(), gradient.image(n) + codes[0].length, gradient.image(n + 1), 0f);
      }
    }
  }
}
