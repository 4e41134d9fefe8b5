package dev.convoy.zoo;

import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.List;

/** All networks by name: a new family is one file and one line here. */
public final class Zoo {
  private static final List<NetworkFamily> FAMILIES =
      List.of(new LeNet5(), new AlexNet(), new Vgg(), new GoogLeNet(), new ResNet());

  private Zoo() {}

  /** Names in {@code network.name}. */
  public static List<String> names() {
    return FAMILIES.stream().flatMap(family -> family.names().stream()).toList();
  }

  /**
   * The network of that name for its paper's images.
   *
   * @throws IllegalArgumentException if there is none, or if it cannot have so many classes
   */
  public static Network network(String name, int classes) {
    return network(name, input(name), classes);
  }

  /**
   * The network of that name.
   *
   * @param input shape of an image
   * @throws IllegalArgumentException if there is none, or if it cannot have so many classes or
   *     images of that shape
   */
  public static Network network(String name, Shape input, int classes) {
    return family(name).build(name, input, classes);
  }

  /** The shape of the images that a network's paper trained it on. */
  public static Shape input(String name) {
    return family(name).input(name);
  }

  /** The number of classes that a network's paper trained it for. */
  public static int classes(String name) {
    return family(name).classes(name);
  }

  /** Whether a network's paper counts connections. */
  public static boolean countsConnections(String name) {
    return family(name).countsConnections(name);
  }

  /** The name of the loss that belongs to a network. */
  public static String loss(String name) {
    return family(name).loss(name);
  }

  private static NetworkFamily family(String name) {
    return FAMILIES.stream()
        .filter(family -> family.names().contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the network %s is unknown; allowed are %s"
                        .formatted(name, String.join(", ", names()))));
  }
}
