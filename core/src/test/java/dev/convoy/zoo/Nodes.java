package dev.convoy.zoo;

import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;

/** Finds nodes by name. */
final class Nodes {
  private Nodes() {}

  /** The node of a network with as many classes as its paper had. */
  static GraphNode of(String network, String name) {
    Network built = Zoo.named(network).build();
    return built.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }
}
