package dev.convoy.zoo;

import dev.convoy.registry.Registry;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * All networks by name: {@code Zoo.named("lenet5-modern").build()}. A new one is a line in its
 * family's list; a new family is one file and one line here.
 */
public final class Zoo {
  private static final Registry<Architecture> NETWORKS =
      new Registry<>(
          "the network %s is unknown",
          IllegalArgumentException::new,
          Architecture::name,
          Stream.of(
                  LeNet5.NETWORKS,
                  AlexNet.NETWORKS,
                  Vgg.NETWORKS,
                  GoogLeNet.NETWORKS,
                  ResNet.NETWORKS)
              .flatMap(Collection::stream)
              .toList());

  private Zoo() {}

  /** Returns the names that {@code network.name} can have. */
  public static List<String> names() {
    return NETWORKS.names();
  }

  /**
   * Returns the network of that name, to be built for its paper's images and classes or others.
   *
   * @throws IllegalArgumentException if there is none; it lists those there are
   */
  public static ZooNetwork named(String name) {
    return new ZooNetwork(NETWORKS.named(name));
  }
}
