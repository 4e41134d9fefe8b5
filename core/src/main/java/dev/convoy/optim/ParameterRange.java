package dev.convoy.optim;

import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The range of the flat vector that a parameter occupies, and how an optimizer treats it.
 *
 * @param from its first float, a multiple of 16
 * @param to its end, exclusive
 * @param kind how a step treats it
 */
public record ParameterRange(int from, int to, Kind kind) {
  /** How a step treats a parameter. */
  public enum Kind {
    /** Filters and matrices, which are trained. */
    WEIGHT,
    /**
     * Parameters of one dimension that are trained: biases, scale and shift of batch normalization.
     */
    VECTOR,
    /** A running mean of the batches' statistics, which are in the slot of its gradient. */
    STATISTIC,
    /** Parameters that stay as they are. */
    FROZEN
  }

  /** Returns the parameters of a network, all of them trained. */
  public static List<ParameterRange> of(Network network) {
    return of(network, List.of());
  }

  /**
   * Returns the parameters of a network.
   *
   * @param frozen names of layers, or of groups of layers before a dot, whose parameters stay;
   *     their running statistics do not
   * @throws IllegalArgumentException if a name is no layer's, or if nothing is left to be trained
   */
  public static List<ParameterRange> of(Network network, List<String> frozen) {
    for (String layer : frozen) {
      if (network.parameters().stream().noneMatch(parameter -> isOf(parameter, layer))) {
        throw new IllegalArgumentException(
            "%s has no layer %s that could be frozen; layers with parameters are %s"
                .formatted(network.name(), layer, layers(network)));
      }
    }
    List<ParameterRange> ranges = network.parameters().stream().map(p -> of(p, frozen)).toList();
    if (ranges.stream().noneMatch(p -> p.kind() == Kind.WEIGHT || p.kind() == Kind.VECTOR)) {
      throw new IllegalArgumentException(
          "all layers of %s are frozen, and nothing is left to be trained"
              .formatted(network.name()));
    }
    return ranges;
  }

  private static boolean isOf(Parameter parameter, String layer) {
    return parameter.name().startsWith(layer + ".");
  }

  private static String layers(Network network) {
    return network.nodes().stream()
        .filter(node -> !node.parameters().isEmpty())
        .map(GraphNode::name)
        .collect(Collectors.joining(", "));
  }

  private static ParameterRange of(Parameter parameter, List<String> frozen) {
    Kind trained = parameter.shape().length == 1 ? Kind.VECTOR : Kind.WEIGHT;
    boolean stays = frozen.stream().anyMatch(layer -> isOf(parameter, layer));
    return new ParameterRange(
        parameter.at(),
        parameter.at() + parameter.length(),
        parameter.statistic() ? Kind.STATISTIC : stays ? Kind.FROZEN : trained);
  }
}
