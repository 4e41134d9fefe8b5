package dev.convoy.zoo;

import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;

/**
 * A network of a paper, as data: what {@link Zoo} lists. Images and classes are those of ILSVRC
 * unless it says otherwise.
 */
interface Architecture {
  /** Returns its name in the configuration. */
  String name();

  /**
   * Builds it.
   *
   * @param input shape of an image
   * @param classes number of classes
   * @throws IllegalArgumentException if it cannot have so many classes, or images of that shape
   */
  Network build(Shape input, int classes);

  /** Returns the shape of the images that its paper trained it on. */
  default Shape input() {
    return ImageNet.INPUT;
  }

  /** Returns the number of classes that its paper trained it for. */
  default int classes() {
    return ImageNet.CLASSES;
  }

  /** Returns whether its paper counts connections. */
  default boolean countsConnections() {
    return false;
  }

  /** Returns the name of the loss it is trained with unless the configuration says otherwise. */
  default String loss() {
    return "softmax-cross-entropy";
  }
}
