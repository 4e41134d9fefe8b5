package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Compare;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each pass by Winograd's tiles is as exact as training needs: beside a direct convolution in
 * double precision, on shapes of real layers.
 */
class WinogradAccuracyTest {
  /** Relative error in the Euclidean norm; a direct convolution's is about 6e-7. */
  private static final double BOUND = 3e-6;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # side, channels, outputs, images
          56,  64,  64, 1
          28, 128, 128, 1
          14, 512, 512, 1
          28, 512,  64, 1
          14,  64, 512, 2
          32,  16,  16, 8
          """)
  void eachPassIsCloseToDoublePrecision(int side, int channels, int outputs, int images) {
    Shape shape = new Shape(side, side, channels);
    var g = new ConvolutionGeometry(shape, Layout.padded(channels), outputs, 3, 3, 1, 1);
    Kernels kernels = Implementations.fast().get(0);
    ConvolutionKernel convolution =
        kernels.convolution(ConvolutionAlgorithm.WINOGRAD, g, Workspace.of(images));
    Tensor input = Tensor.activations(images, g.input());
    input.fromNchw(Floats.random(1, images * g.input().size()));
    Tensor outputGradient = Tensor.activations(images, g.output());
    outputGradient.fromNchw(Floats.random(2, images * g.output().size()));
    float[] weights = Floats.random(3, g.filterLength());
    var exact = new DoubleConvolution(g, images, input.data(), outputGradient.data(), weights);

    Tensor output = Tensor.activations(images, g.output());
    convolution.forward(Worker.single(), images, input, weights, 0, -1, Epilogue.NONE, output);
    Compare.close(g + ", output", exact.output(), output.data(), BOUND);

    Tensor inputGradient = Tensor.activations(images, g.input());
    convolution.inputGradient(
        Worker.single(), images, outputGradient, weights, 0, false, inputGradient);
    Compare.close(g + ", input gradient", exact.inputGradient(), inputGradient.data(), BOUND);

    float[] gradients = new float[g.filterLength()];
    convolution.weightGradient(
        Worker.single(), VirtualNodeTree.single(images), input, outputGradient, gradients, 0, -1);
    Compare.close(g + ", weight gradient", exact.weightGradient(), gradients, BOUND);
  }
}
