package dev.convoy.zoo;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All networks by name: {@code Zoo.named("lenet5-modern").build()}. A new one is a line in its
 * family's list; a new family is one file and one line here.
 */
public final class Zoo {
  private static final Map<String, Architecture> NETWORKS =
      Stream.of(
              LeNet5.NETWORKS, AlexNet.NETWORKS, Vgg.NETWORKS, GoogLeNet.NETWORKS, ResNet.NETWORKS)
          .flatMap(Collection::stream)
          .collect(
              Collectors.toMap(
                  Architecture::name, Function.identity(), Zoo::onlyOnce, LinkedHashMap::new));

  private Zoo() {}

  private static Architecture onlyOnce(Architecture one, Architecture other) {
    throw new IllegalStateException("there are two networks of the name " + one.name());
  }

  /** Returns the names that {@code network.name} can have. */
  public static List<String> names() {
    return List.copyOf(NETWORKS.keySet());
  }

  /**
   * Returns the network of that name, to be built for its paper's images and classes or others.
   *
   * @throws IllegalArgumentException if there is none; it lists those there are
   */
  public static ZooNetwork named(String name) {
    Architecture architecture = NETWORKS.get(name);
    if (architecture == null) {
      throw new IllegalArgumentException(
          "the network %s is unknown; allowed are %s".formatted(name, String.join(", ", names())));
    }
    return new ZooNetwork(architecture);
  }
}
