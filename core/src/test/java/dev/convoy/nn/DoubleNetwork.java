package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A whole network in double precision, each layer by its formula. */
public final class DoubleNetwork implements DoubleBatchLayer {
  private final Network network;

  /** Wraps a network whose layers all have a formula here. */
  public DoubleNetwork(Network network) {
    this.network = network;
  }

  @Override
  public List<double[]> forward(List<double[]> inputs, List<double[]> parameters) {
    List<List<double[]>> values = new ArrayList<>();
    values.add(inputs);
    int at = 0;
    for (GraphNode node : network.nodes()) {
      int end = at + node.parameters().size();
      List<List<double[]>> read = node.inputIndices().stream().map(values::get).toList();
      values.add(forward(node, read, parameters.subList(at, end)));
      at = end;
    }
    return values.get(values.size() - 1);
  }

  private static List<double[]> forward(
      GraphNode node, List<List<double[]>> inputs, List<double[]> parameters) {
    if (node.layer() instanceof Concatenation) {
      return combined(inputs, DoubleNetwork::joined);
    }
    if (node.layer() instanceof BatchNormalization layer) {
      Shape in = node.inputShapes().get(0);
      List<double[]> normalized =
          DoubleBatchLayer.batchNormalization(in, layer.epsilon(), 0, false)
              .forward(inputs.get(0), parameters);
      List<double[]> sum =
          inputs.size() == 1
              ? normalized
              : combined(List.of(normalized, inputs.get(1)), DoubleNetwork::added);
      return layer.relu() ? relu().forward(sum, List.of()) : sum;
    }
    return formula(node).forward(inputs.get(0), parameters);
  }

  private static DoubleLayer formula(GraphNode node) {
    Shape in = node.inputShapes().get(0);
    if (node.layer() instanceof Convolution layer) {
      DoubleLayer formula =
          DoubleLayer.convolution(
              in, layer.outChannels(), layer.kernel(), layer.stride(), layer.padding(), null);
      double[] zeros = new double[layer.outChannels()];
      return layer.biased()
          ? formula
          : (input, filter) -> formula.forward(input, List.of(filter.get(0), zeros));
    }
    if (node.layer() instanceof FullyConnected layer) {
      return DoubleLayer.fullyConnected(layer.outFeatures());
    }
    if (node.layer() instanceof MaxPooling layer) {
      return DoubleLayer.maxPooling(in, layer);
    }
    if (node.layer() instanceof GlobalAveragePooling) {
      return DoubleLayer.globalAveragePooling(in);
    }
    if (node.layer() instanceof ChannelPaddingShortcut layer) {
      return DoubleLayer.channelPaddingShortcut(in, layer.stride(), layer.outChannels());
    }
    if (node.layer() == ActivationLayer.RELU) {
      return relu();
    }
    throw new IllegalArgumentException("no formula of " + node.layer().kind());
  }

  private static DoubleLayer relu() {
    return DoubleLayer.elementwise(x -> Math.max(x, 0));
  }

  private interface Combination {
    double[] of(double[] left, double[] right);
  }

  /** Image by image, from left to right. */
  private static List<double[]> combined(List<List<double[]>> inputs, Combination combination) {
    List<double[]> all = inputs.get(0);
    for (List<double[]> next : inputs.subList(1, inputs.size())) {
      List<double[]> longer = new ArrayList<>();
      for (int n = 0; n < all.size(); n++) {
        longer.add(combination.of(all.get(n), next.get(n)));
      }
      all = longer;
    }
    return all;
  }

  private static double[] joined(double[] left, double[] right) {
    double[] both = new double[left.length + right.length];
    System.arraycopy(left, 0, both, 0, left.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  private static double[] added(double[] left, double[] right) {
    double[] sum = left.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += right[i];
    }
    return sum;
  }
}
