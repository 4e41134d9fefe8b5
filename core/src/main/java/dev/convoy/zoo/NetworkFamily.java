package dev.convoy.zoo;

import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.List;

/** Networks that share a paper. */
interface NetworkFamily {
  /** Their names. */
  List<String> names();

  /**
   * One of them.
   *
   * @param input shape of an image
   * @throws IllegalArgumentException if it cannot have so many classes, or images of that shape
   */
  Network build(String name, Shape input, int classes);

  /** The shape of the images that its paper trained it on. */
  Shape input(String name);

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
