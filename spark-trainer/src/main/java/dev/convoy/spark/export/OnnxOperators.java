package dev.convoy.spark.export;

import static java.util.Map.entry;

import dev.convoy.nn.ActivationLayer;
import dev.convoy.nn.AveragePooling;
import dev.convoy.nn.BatchNormalization;
import dev.convoy.nn.ChannelPaddingShortcut;
import dev.convoy.nn.Concatenation;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.Dropout;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.GlobalAveragePooling;
import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Layer;
import dev.convoy.nn.LocalResponseNormalization;
import dev.convoy.nn.MaxPooling;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.RadialBasis;
import dev.convoy.nn.Subsampling;
import dev.convoy.spark.export.OnnxGraph.Attribute;
import java.util.Map;

/** What each layer is in ONNX: a new layer is one method and one line in the list. */
final class OnnxOperators {
  private static final Map<Class<? extends Layer>, Operator> OF_LAYER =
      Map.ofEntries(
          entry(AveragePooling.class, OnnxOperators::averagePooling),
          entry(BatchNormalization.class, OnnxOperators::batchNormalization),
          entry(ChannelPaddingShortcut.class, OnnxOperators::channelPadding),
          entry(Concatenation.class, OnnxOperators::concatenation),
          entry(Convolution.class, OnnxOperators::convolution),
          entry(Dropout.class, OnnxOperators::nothing),
          entry(ActivationLayer.class, OnnxOperators::activation),
          entry(FullyConnected.class, OnnxOperators::fullyConnected),
          entry(GlobalAveragePooling.class, OnnxOperators::globalAveragePooling),
          entry(LocalResponseNormalization.class, OnnxOperators::responseNormalization),
          entry(MaxPooling.class, OnnxOperators::maxPooling),
          entry(RadialBasis.class, OnnxOperators::radialBasis),
          entry(Subsampling.class, OnnxOperators::subsampling));

  private interface Operator {
    String append(Place at);
  }

  /** A layer's place in the graph. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Place(
      OnnxGraph graph, GraphNode node, float[] weights, String[] inputs, String output) {
    String input() {
      return inputs[0];
    }

    /** Appends the operator whose output is the layer's. */
    String last(String type, String[] from, Attribute... attributes) {
      return graph.operator(type, output, from, attributes);
    }

    /** Appends an operator whose output another one of the layer reads. */
    String operator(String type, String what, String[] from, Attribute... attributes) {
      return graph.operator(type, node.name() + "/" + what, from, attributes);
    }

    /** Returns a parameter, in torch's order, which is ONNX's. */
    String parameter(int index) {
      return parameter(index, node.parameters().get(index).shape());
    }

    /** Returns a parameter in another shape. */
    String parameter(int index, int... shape) {
      Parameter parameter = node.parameters().get(index);
      return graph.constant(parameter.name(), shape, parameter.unpack(weights));
    }

    String constant(String what, int[] shape, float... values) {
      return graph.constant(node.name() + "/" + what, shape, values);
    }

    int channels() {
      return node.inputShapes().get(0).channels();
    }
  }

  private OnnxOperators() {}

  /**
   * Appends a node's operators.
   *
   * @param inputs names of what it reads
   * @param output the name of what it gives
   * @return that, or the name of what stands for it already
   */
  static String append(
      OnnxGraph graph, GraphNode node, float[] weights, String[] inputs, String output) {
    Operator operator = OF_LAYER.get(node.layer().getClass());
    if (operator == null) {
      throw new IllegalArgumentException(
          "%s, which is %s, cannot be written in ONNX".formatted(node.name(), node.layer().kind()));
    }
    return operator.append(new Place(graph, node, weights, inputs, output));
  }

  private static String[] of(String... names) {
    return names;
  }

  private static Attribute[] window(int size, int stride, int padding, Attribute... more) {
    Attribute[] all = new Attribute[3 + more.length];
    all[0] = Attribute.of("kernel_shape", new long[] {size, size});
    all[1] = Attribute.of("strides", new long[] {stride, stride});
    all[2] = Attribute.of("pads", new long[] {padding, padding, padding, padding});
    System.arraycopy(more, 0, all, 3, more.length);
    return all;
  }

  private static String convolution(Place at) {
    Convolution layer = (Convolution) at.node().layer();
    String[] inputs =
        layer.biased()
            ? of(at.input(), at.parameter(0), at.parameter(1))
            : of(at.input(), at.parameter(0));
    Attribute groups = Attribute.of("group", layer.groups());
    return at.last("Conv", inputs, window(layer.kernel(), layer.stride(), layer.padding(), groups));
  }

  private static String fullyConnected(Place at) {
    String flat = at.operator("Flatten", "flat", of(at.input()), Attribute.of("axis", 1));
    return at.last("Gemm", of(flat, at.parameter(0), at.parameter(1)), Attribute.of("transB", 1));
  }

  private static String batchNormalization(Place at) {
    BatchNormalization layer = (BatchNormalization) at.node().layer();
    String[] inputs =
        of(at.input(), at.parameter(0), at.parameter(1), at.parameter(2), at.parameter(3));
    Attribute epsilon = Attribute.of("epsilon", layer.epsilon());
    boolean shortcut = at.inputs().length > 1;
    if (!shortcut && !layer.relu()) {
      return at.last("BatchNormalization", inputs, epsilon);
    }
    String value = at.operator("BatchNormalization", "normalized", inputs, epsilon);
    if (shortcut && !layer.relu()) {
      return at.last("Add", of(value, at.inputs()[1]));
    }
    String sum = shortcut ? at.operator("Add", "sum", of(value, at.inputs()[1])) : value;
    return at.last("Relu", of(sum));
  }

  private static String activation(Place at) {
    return switch ((ActivationLayer) at.node().layer()) {
      case RELU -> at.last("Relu", of(at.input()));
      case SCALED_TANH -> {
        String slope = at.constant("slope", new int[0], 2f / 3);
        String scale = at.constant("scale", new int[0], 1.7159f);
        String sloped = at.operator("Mul", "sloped", of(at.input(), slope));
        yield at.last("Mul", of(at.operator("Tanh", "tanh", of(sloped)), scale));
      }
    };
  }

  private static String maxPooling(Place at) {
    MaxPooling layer = (MaxPooling) at.node().layer();
    Attribute ceil = Attribute.of("ceil_mode", layer.ceil() ? 1 : 0);
    return at.last(
        "MaxPool", of(at.input()), window(layer.size(), layer.stride(), layer.padding(), ceil));
  }

  private static String averagePooling(Place at) {
    AveragePooling layer = (AveragePooling) at.node().layer();
    return at.last("AveragePool", of(at.input()), window(layer.size(), layer.stride(), 0));
  }

  private static String globalAveragePooling(Place at) {
    return at.last("GlobalAveragePool", of(at.input()));
  }

  /** Appends the mean of each window, times a coefficient and plus a bias of each channel. */
  private static String subsampling(Place at) {
    int size = ((Subsampling) at.node().layer()).size();
    int[] shape = {at.channels(), 1, 1};
    String mean = at.operator("AveragePool", "mean", of(at.input()), window(size, size, 0));
    String product = at.operator("Mul", "product", of(mean, at.parameter(0, shape)));
    return at.last("Add", of(product, at.parameter(1, shape)));
  }

  /** Appends local response normalization; ONNX divides alpha by the window, as torch does. */
  private static String responseNormalization(Place at) {
    var layer = (LocalResponseNormalization) at.node().layer();
    float alpha = layer.mean() ? layer.alpha() : layer.alpha() * layer.size();
    return at.last(
        "LRN",
        of(at.input()),
        Attribute.of("size", layer.size()),
        Attribute.of("alpha", alpha),
        Attribute.of("beta", layer.beta()),
        Attribute.of("bias", layer.k()));
  }

  private static String concatenation(Place at) {
    return at.last("Concat", at.inputs(), Attribute.of("axis", 1));
  }

  /**
   * Appends a 1x1 convolution with a stride whose filters copy each channel and add channels of
   * zeros.
   */
  private static String channelPadding(Place at) {
    var layer = (ChannelPaddingShortcut) at.node().layer();
    int channels = at.channels();
    float[] filter = new float[layer.outChannels() * channels];
    for (int c = 0; c < channels; c++) {
      filter[c * channels + c] = 1f;
    }
    String copy = at.constant("copy", new int[] {layer.outChannels(), channels, 1, 1}, filter);
    return at.last("Conv", of(at.input(), copy), window(1, layer.stride(), 0));
  }

  /** Appends the negative squared distances from the codes. */
  private static String radialBasis(Place at) {
    float[][] codes = ((RadialBasis) at.node().layer()).codes();
    int length = codes[0].length;
    float[] values = new float[codes.length * length];
    for (int i = 0; i < codes.length; i++) {
      System.arraycopy(codes[i], 0, values, i * length, length);
    }
    String all = at.constant("codes", new int[] {codes.length, length}, values);
    Attribute second = Attribute.of("axes", new long[] {1});
    String beside = at.operator("Unsqueeze", "beside", of(at.input()), second);
    String difference = at.operator("Sub", "difference", of(beside, all));
    String distance =
        at.operator(
            "ReduceSumSquare",
            "distance",
            of(difference),
            Attribute.of("axes", new long[] {2}),
            Attribute.of("keepdims", 0));
    return at.last("Neg", of(distance));
  }

  private static String nothing(Place at) {
    return at.input();
  }
}
