package dev.convoy.nn;

import dev.convoy.kernel.ConvolutionGeometry;
import dev.convoy.kernel.ConvolutionKernel;
import dev.convoy.kernel.Epilogue;
import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A convolution (LeCun et al. 1989).
 *
 * @param outChannels number of filters
 * @param kernel side of the square filter
 * @param stride step of the filter
 * @param padding zeros around the input
 * @param groups parts into which input and output channels are cut; an output sees the inputs of
 *     its part only (Krizhevsky et al. 2012, section 3.5)
 * @param biased whether there is a bias for each output
 * @param initialization of weights and biases, from the number of inputs that one output sees
 * @param connections which input channel is joined to which output channel, or null for all
 */
public record Convolution(
    int outChannels,
    int kernel,
    int stride,
    int padding,
    int groups,
    boolean biased,
    Initialization initialization,
    ConnectionTable connections)
    implements Layer {

  /** Returns a convolution with stride 1, no padding, all channels joined, and a bias. */
  public static Convolution of(int outChannels, int kernel, Initialization initialization) {
    return new Convolution(outChannels, kernel, 1, 0, 1, true, initialization, null);
  }

  /** Returns a convolution with stride 1, no padding, channels joined by a table, and a bias. */
  public static Convolution of(
      ConnectionTable connections, int kernel, Initialization initialization) {
    return new Convolution(
        connections.outChannels(), kernel, 1, 0, 1, true, initialization, connections);
  }

  /** Returns the same with another stride. */
  public Convolution stride(int other) {
    return new Convolution(
        outChannels, kernel, other, padding, groups, biased, initialization, connections);
  }

  /** Returns the same with another padding. */
  public Convolution padding(int other) {
    return new Convolution(
        outChannels, kernel, stride, other, groups, biased, initialization, connections);
  }

  /** Returns the same in several groups. */
  public Convolution groups(int other) {
    return new Convolution(
        outChannels, kernel, stride, padding, other, biased, initialization, connections);
  }

  /** Returns the same with a bias, as where batch normalization was folded in. */
  Convolution withBias() {
    return new Convolution(
        outChannels, kernel, stride, padding, groups, true, initialization, connections);
  }

  /** Returns the same without a bias, as before batch normalization. */
  public Convolution withoutBias() {
    return new Convolution(
        outChannels, kernel, stride, padding, groups, false, initialization, connections);
  }

  @Override
  public String kind() {
    return connections == null ? "convolution" : "convolution, by table";
  }

  private ConvolutionGeometry geometry(Shape input, int inputStride) {
    return new ConvolutionGeometry(
        input, inputStride, outChannels, kernel, kernel, stride, padding, groups);
  }

  @Override
  public Shape output(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (connections != null && connections.inChannels() != input.channels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a table of connections for %d channels cannot join %d",
              connections.inChannels(),
              input.channels()));
    }
    return geometry(input, Layout.padded(input.channels())).output();
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    int channels = inputs.get(0).channels() / groups;
    int[] shape = {outChannels, channels, kernel, kernel};
    ParameterLayout layout = ParameterLayout.filter(outChannels, channels, kernel, kernel);
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(
        ParameterSpec.of("weight", shape, layout, filterInitializer(channels), weights(channels)));
    if (biased) {
      specs.add(
          ParameterSpec.of(
              "bias",
              new int[] {outChannels},
              ParameterLayout.vector(outChannels),
              biasInitializer(channels)));
    }
    return specs;
  }

  private int weights(int channels) {
    int pairs = connections == null ? outChannels * channels : connections.count();
    return pairs * kernel * kernel;
  }

  /**
   * Returns the first values of filters: an output that sees fewer channels has fewer inputs, and
   * missing weights are zero.
   */
  private Initializer filterInitializer(int channels) {
    int window = kernel * kernel;
    if (connections == null) {
      return initialization.weights(channels * window);
    }
    return (key, index) -> {
      int output = index / (channels * window);
      int channel = index / window % channels;
      return connections.joined(channel, output)
          ? initialization.weights(connections.inputsOf(output) * window).value(key, index)
          : 0f;
    };
  }

  private Initializer biasInitializer(int channels) {
    int window = kernel * kernel;
    return (key, output) -> {
      int fanIn = connections == null ? channels : connections.inputsOf(output);
      return initialization.biases(fanIn * window).value(key, output);
    };
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return (long) output(inputs).pixels() * weights(inputs.get(0).channels() / groups);
  }

  @Override
  public long connections(List<Shape> inputs) {
    return multiplyAdds(inputs) + (biased ? output(inputs).size() : 0);
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(new Window(kernel, kernel, stride, padding));
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public boolean runsEpilogues() {
    return true;
  }

  @Override
  public boolean runsGradientEpilogues() {
    return true;
  }

  @Override
  public BoundLayer bind(Binding binding) {
    Tensor input = binding.input();
    ConvolutionGeometry geometry = geometry(input.shape(), input.stride());
    ConvolutionKernel convolution = binding.kernels().convolution(geometry, binding.workspace());
    return new Bound(binding, convolution, connections == null ? null : mask(binding));
  }

  /**
   * Returns a mask in the filter's layout: one for each weight that exists, zero for all others.
   */
  private float[] mask(Binding binding) {
    Parameter filter = binding.parameters().get(0);
    float[] ones = new float[filter.count()];
    int window = kernel * kernel;
    int channels = connections.inChannels();
    for (int i = 0; i < ones.length; i++) {
      ones[i] = connections.joined(i / window % channels, i / (channels * window)) ? 1f : 0f;
    }
    float[] mask = new float[filter.length()];
    ParameterLayout.filter(outChannels, channels, kernel, kernel).pack(ones, mask, 0);
    return mask;
  }

  private static final class Bound implements BoundLayer {
    /** The index that tells a kernel that there is no bias. */
    private static final int NO_BIAS = -1;

    private final Binding to;
    private final ConvolutionKernel convolution;
    private final float[] mask;
    private final int bias;
    private final int biasGradient;
    private final Epilogue inputGradientEpilogue;
    private Epilogue epilogue = Epilogue.NONE;

    Bound(Binding to, ConvolutionKernel convolution, float[] mask) {
      this.to = to;
      this.convolution = convolution;
      this.mask = mask;
      bias = to.parameters().size() > 1 ? to.at(1) : NO_BIAS;
      biasGradient = bias == NO_BIAS ? NO_BIAS : to.gradientAt(1);
      inputGradientEpilogue = to.inputGradientEpilogue();
    }

    @Override
    public void runOnOutput(Epilogue ofReader) {
      epilogue = ofReader;
    }

    @Override
    public void forward(Pass pass) {
      convolution.forward(
          pass.worker(),
          pass.images(),
          to.input(),
          pass.weights(),
          to.at(0),
          bias,
          epilogue,
          to.output());
    }

    @Override
    public void backward(Pass pass) {
      for (int i = 0; i < pass.trees().size(); i++) {
        float[] gradients = pass.gradients().get(i);
        convolution.weightGradient(
            pass.worker(),
            pass.trees().get(i),
            to.input(),
            to.outputGradient(),
            gradients,
            to.gradientAt(0),
            biasGradient);
        // All kernels share the scratch memory, and the next one will write to it.
        pass.worker().barrier();
        if (mask != null) {
          maskShare(pass, gradients);
        }
      }
      if (to.inputGradient() != null) {
        convolution.inputGradient(
            pass.worker(),
            pass.images(),
            to.outputGradient(),
            pass.weights(),
            to.at(0),
            to.adds(),
            inputGradientEpilogue,
            to.inputGradient());
      }
    }

    private void maskShare(Pass pass, float[] gradients) {
      int filter = to.gradientAt(0);
      int end = pass.worker().to(mask.length);
      for (int i = pass.worker().from(mask.length); i < end; i++) {
        gradients[filter + i] *= mask[i];
      }
    }
  }
}
