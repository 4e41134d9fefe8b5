package dev.convoy.optim;

import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import java.util.List;

/**
 * A parameter's place in the flat vector, as an optimizer sees it.
 *
 * @param from its first float, a multiple of 16
 * @param to its end, exclusive
 * @param kind what becomes of it in a step
 */
public record Part(int from, int to, Kind kind) {
  /** What becomes of a parameter in a step. */
  public enum Kind {
    /** Filters and matrices, which are trained. */
    WEIGHT,
    /** What has one dimension and is trained: biases, scale and shift of batch normalization. */
    VECTOR,
    /** A running mean of what the batches show, in the slot of its gradient. */
    STATISTIC
  }

  /** The parameters of a network. */
  public static List<Part> of(Network network) {
    return network.parameters().stream().map(Part::of).toList();
  }

  private static Part of(Parameter parameter) {
    Kind trained = parameter.shape().length == 1 ? Kind.VECTOR : Kind.WEIGHT;
    return new Part(
        parameter.at(),
        parameter.at() + parameter.length(),
        parameter.statistic() ? Kind.STATISTIC : trained);
  }
}
