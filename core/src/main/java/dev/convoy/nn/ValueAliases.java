package dev.convoy.nn;

import java.util.List;

/** Finds the values and gradients of a network that lie in the memory of others. */
final class ValueAliases {
  private ValueAliases() {}

  /**
   * Returns which values lie in others, by what their layers are.
   *
   * @throws IllegalArgumentException if another layer needs what would be overwritten
   */
  static Aliases of(Network network) {
    Aliases aliases = new Aliases(network.nodes().size() + 1);
    for (int i = 0; i < network.nodes().size(); i++) {
      GraphNode node = network.nodes().get(i);
      if (node.layer().inPlace()) {
        requireReplaceable(network, node);
        aliases.lay(node.inputIndices().get(0), i + 1, 0);
      } else if (node.layer().concatenates()) {
        concatenate(network, i, aliases);
      }
    }
    return aliases;
  }

  private static void requireReplaceable(Network network, GraphNode node) {
    int replaced = node.inputIndices().get(0);
    if (replaced == 0 || network.readers(replaced) > 1) {
      throw new IllegalArgumentException(
          "%s works in place and cannot share its input".formatted(node.name()));
    }
    requireUnread(network, node, network.nodes().get(replaced - 1));
  }

  /** Looks through concatenations, whose parts would be overwritten. */
  private static void requireUnread(Network network, GraphNode node, GraphNode before) {
    if (before.layer().concatenates()) {
      for (int part : before.inputIndices()) {
        requireUnread(network, node, network.nodes().get(part - 1));
      }
    } else if (before.layer().backwardReadsOutput()) {
      throw new IllegalArgumentException(
          "%s works in place and cannot follow %s, which needs its own output in the backward pass"
              .formatted(node.name(), before.name()));
    }
  }

  private static void concatenate(Network network, int i, Aliases aliases) {
    GraphNode node = network.nodes().get(i);
    int first = 0;
    for (int input : node.inputIndices()) {
      if (input == 0 || network.readers(input) > 1) {
        throw new IllegalArgumentException(
            "%s cannot share the memory of its inputs: one of them has another reader"
                .formatted(node.name()));
      }
      aliases.lay(input, i + 1, first);
      first += network.shape(input).channels();
    }
  }

  /**
   * Returns which gradients lie in others: as the values do, and where a layer can write an input's
   * gradient over its output's. After that layer's backward pass its output's gradient is not read
   * any more; before it, the input's has not been written.
   */
  static Aliases ofGradients(Network network, Aliases values) {
    Aliases aliases = values.copy();
    List<GraphNode> nodes = network.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      GraphNode node = nodes.get(i);
      int index = node.layer().gradientInPlace(node.inputShapes());
      if (index < 0) {
        continue;
      }
      int input = node.inputIndices().get(index);
      boolean first = !network.isReadLater(input, i, index);
      if (input != 0 && first && aliases.isRoot(input)) {
        aliases.lay(input, i + 1, 0);
      }
    }
    return aliases;
  }
}
