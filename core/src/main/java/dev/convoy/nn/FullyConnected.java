package dev.convoy.nn;

import dev.convoy.kernel.FullyConnectedKernel;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fully connected layer with a bias; it flattens its input in torch's order, (C,H,W).
 *
 * @param outFeatures the number of units
 * @param initialization of weights and biases, from the number of inputs
 */
public record FullyConnected(int outFeatures, Initialization initialization) implements Layer {
  /**
   * The fewest weights of a part of the backward pass: so many that reading the images again for
   * each part takes no time that counts.
   */
  private static final int PART_FLOATS = 1 << 22;

  /** The rows of a part are a multiple of those that a kernel takes at a time. */
  private static final int PART_ALIGNMENT = 32;

  @Override
  public String kind() {
    return "fully connected";
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return Shape.vector(outFeatures);
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return List.of(
        ParameterSpec.of(
            "weight",
            new int[] {outFeatures, input.size()},
            ParameterLayout.matrix(outFeatures, input),
            initialization.weights(input.size())),
        ParameterSpec.of(
            "bias",
            new int[] {outFeatures},
            ParameterLayout.vector(outFeatures),
            initialization.biases(input.size())));
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return (long) inputs.get(0).size() * outFeatures;
  }

  @Override
  public long connections(List<Shape> inputs) {
    return multiplyAdds(inputs) + outFeatures;
  }

  /** Cuts the matrix into blocks of rows, each of all weights of some inputs. */
  @Override
  public List<Integer> backwardCuts(List<Shape> inputs) {
    int width = Layout.padded(outFeatures);
    int rows = inputs.get(0).pixels() * Layout.padded(inputs.get(0).channels());
    int count = (int) Math.max(1, (long) rows * width / PART_FLOATS);
    int each = (rows + count - 1) / count;
    int part = (each + PART_ALIGNMENT - 1) / PART_ALIGNMENT * PART_ALIGNMENT;
    List<Integer> cuts = new ArrayList<>();
    for (int row = part; row < rows; row += part) {
      cuts.add(row * width);
    }
    return cuts;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    Tensor input = binding.paddedInput(this);
    Shape shape = input.shape();
    int channels = Layout.padded(shape.channels());
    if (shape.pixels() > 1 && input.stride() != channels) {
      throw new IllegalArgumentException(
          "%s reads images as vectors, not some channels of an image of %s"
              .formatted(kind(), shape));
    }
    int inFeatures = shape.pixels() * channels;
    int width = Layout.padded(outFeatures);
    List<Integer> cuts = backwardCuts(List.of(shape));
    int[] rows = new int[cuts.size() + 2];
    for (int part = 1; part <= cuts.size(); part++) {
      rows[part] = cuts.get(part - 1) / width;
    }
    rows[rows.length - 1] = inFeatures;
    int[] places = new int[rows.length - 1];
    Arrays.setAll(places, part -> binding.parameter(0).gradientAt(rows[part] * width));
    return new Bound(
        binding,
        binding.kernels().fullyConnected(inFeatures, outFeatures, binding.workspace()),
        rows,
        places);
  }

  /**
   * @param rows where the blocks of rows that go backward together begin, and the last one ends
   * @param places where the gradient of each block belongs
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Bound(Binding to, FullyConnectedKernel product, int[] rows, int[] places)
      implements BoundLayer {
    /** The index that tells the kernel not to compute the bias' gradient. */
    private static final int NO_BIAS = -1;

    @Override
    public void forward(Pass pass) {
      product.forward(
          pass.worker(),
          pass.images(),
          to.input(),
          pass.weights(),
          to.at(0),
          to.at(1),
          to.output());
    }

    @Override
    public void backward(Pass pass) {
      weightGradient(pass, places.length - 1, to.gradientAt(1));
      if (to.inputGradient() != null) {
        product.inputGradient(
            pass.worker(),
            pass.images(),
            to.outputGradient(),
            pass.weights(),
            to.at(0),
            to.adds(),
            to.inputGradient());
      }
    }

    @Override
    public void backwardPart(Pass pass, int part) {
      weightGradient(pass, part, NO_BIAS);
    }

    private void weightGradient(Pass pass, int part, int bias) {
      for (int i = 0; i < pass.trees().size(); i++) {
        product.weightGradient(
            pass.worker(),
            pass.trees().get(i),
            to.input(),
            to.outputGradient(),
            rows[part],
            rows[part + 1],
            pass.gradients().get(i),
            places[part],
            bias);
        // All kernels share the scratch memory, and the next one will write to it.
        pass.worker().barrier();
      }
    }
  }
}
