package dev.convoy.zoo;

import dev.convoy.nn.Network;
import java.util.List;

/** Networks that share a paper. */
interface NetworkFamily {
  /** Their names. */
  List<String> names();

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if it cannot have so many classes
   */
  Network build(String name, int classes);

  /** The number of classes that its paper trained it for. */
  int classes(String name);

  /** Whether its paper counts connections. */
  default boolean countsConnections(String name) {
    return false;
  }

  /** The loss it is trained with unless the configuration says otherwise. */
  default String loss(String name) {
    return "softmax-cross-entropy";
  }
}
