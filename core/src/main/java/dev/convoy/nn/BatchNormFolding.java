package dev.convoy.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trained network made ready for inference: each batch normalization that reads a convolution is
 * folded into its filter and bias (Jacob et al. 2018, section 3.2). What remains of it, an addition
 * or ReLU, is done by the convolution while its output is in the cache.
 *
 * @param network without those normalizations
 * @param weights its flat vector
 */
@SuppressWarnings("ArrayRecordComponent") // Two flat vectors are never compared.
public record BatchNormFolding(Network network, float[] weights) {

  /** Folds a network with these weights. */
  public static BatchNormFolding of(Network network, float[] weights) {
    return new Folder(network, weights).fold();
  }

  /** Builds the new network; convolutions come just before what was their normalization. */
  private static final class Folder {
    private final Network old;
    private final float[] oldWeights;
    private final Set<Value> folded = new HashSet<>();
    private final NetworkBuilder builder;

    /** The new network's value for each of the old one's, where it still has one. */
    private final Map<Value, Value> values = new HashMap<>();

    /** For each node of the new network, the old one whose parameters it takes. */
    private final List<GraphNode> sources = new ArrayList<>();

    /** For each node of the new network, the normalization that is folded in, or null. */
    private final List<GraphNode> normalizations = new ArrayList<>();

    Folder(Network network, float[] weights) {
      old = network;
      oldWeights = weights;
      builder = Network.of(network.name(), network.input());
      values.put(network.value(0), builder.input());
      for (GraphNode node : network.nodes()) {
        if (folds(node)) {
          folded.add(node.inputs().get(0));
        }
      }
    }

    /** Returns whether it normalizes a convolution that no other layer reads. */
    private boolean folds(GraphNode node) {
      int first = node.inputs().get(0).index();
      return node.layer() instanceof BatchNormalization
          && first > 0
          && old.readers(first) == 1
          && producer(node).layer() instanceof Convolution;
    }

    private GraphNode producer(GraphNode node) {
      return old.nodes().get(node.inputs().get(0).index() - 1);
    }

    BatchNormFolding fold() {
      for (GraphNode node : old.nodes()) {
        if (folds(node)) {
          values.put(node.value(), convolution(node));
        } else if (!folded.contains(node.value())) {
          values.put(node.value(), add(node.name(), node.layer(), inputs(node), node, null));
        }
      }
      Network network = builder.build();
      float[] weights = new float[network.vectorLength()];
      for (int i = 0; i < network.nodes().size(); i++) {
        fill(network.nodes().get(i), sources.get(i), normalizations.get(i), weights);
      }
      return new BatchNormFolding(network, weights);
    }

    private Value add(
        String name, Layer layer, List<Value> inputs, GraphNode source, GraphNode normalization) {
      sources.add(source);
      normalizations.add(normalization);
      return builder.add(name, layer, inputs);
    }

    private List<Value> inputs(GraphNode node) {
      return node.inputs().stream().map(values::get).toList();
    }

    private Value convolution(GraphNode normalization) {
      GraphNode node = producer(normalization);
      Layer biased = ((Convolution) node.layer()).withBias();
      Value value = add(node.name(), biased, inputs(node), node, normalization);
      boolean relu = ((BatchNormalization) normalization.layer()).relu();
      if (normalization.inputs().size() > 1) {
        Value shortcut = values.get(normalization.inputs().get(1));
        Layer sum = new Addition(relu, true);
        return add(normalization.name(), sum, List.of(value, shortcut), null, null);
      }
      return relu
          ? add(normalization.name(), ActivationLayer.RELU, List.of(value), null, null)
          : value;
    }

    private void fill(GraphNode node, GraphNode source, GraphNode normalization, float[] weights) {
      if (normalization != null) {
        fillFolded(node, source, normalization, weights);
        return;
      }
      for (int p = 0; p < node.parameters().size(); p++) {
        node.parameters().get(p).pack(source.parameters().get(p).unpack(oldWeights), weights);
      }
    }

    /**
     * Fills in {@code filter * factor} and {@code bias + (bias of the convolution - mean) *
     * factor}, where {@code factor = weight / sqrt(variance + epsilon)}, in double precision.
     */
    private void fillFolded(
        GraphNode node, GraphNode convolution, GraphNode normalization, float[] weights) {
      float[] filter = convolution.parameters().get(0).unpack(oldWeights);
      boolean biased = convolution.parameters().size() > 1;
      float[] given = biased ? convolution.parameters().get(1).unpack(oldWeights) : null;
      float[] weight = normalization.parameters().get(0).unpack(oldWeights);
      float[] bias = normalization.parameters().get(1).unpack(oldWeights);
      float[] mean = normalization.parameters().get(2).unpack(oldWeights);
      float[] variance = normalization.parameters().get(3).unpack(oldWeights);
      float epsilon = ((BatchNormalization) normalization.layer()).epsilon();
      int taps = filter.length / bias.length;
      for (int o = 0; o < bias.length; o++) {
        double factor = weight[o] / Math.sqrt((double) variance[o] + epsilon);
        double distance = (biased ? given[o] : 0.0) - mean[o];
        bias[o] = (float) (bias[o] + distance * factor);
        for (int k = o * taps; k < (o + 1) * taps; k++) {
          filter[k] = (float) (filter[k] * factor);
        }
      }
      node.parameters().get(0).pack(filter, weights);
      node.parameters().get(1).pack(bias, weights);
    }
  }
}
