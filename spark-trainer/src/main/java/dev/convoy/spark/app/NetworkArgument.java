package dev.convoy.spark.app;

import dev.convoy.nn.Network;
import dev.convoy.spark.config.Suggestion;
import dev.convoy.spark.config.UserError;
import dev.convoy.zoo.Zoo;

/** A network that the command line names. */
final class NetworkArgument {
  private NetworkArgument() {}

  /**
   * The name, if there is such a network.
   *
   * @throws UserError with a suggestion
   */
  static String known(String name) {
    if (!Zoo.names().contains(name)) {
      String meant =
          Suggestion.nearest(name, Zoo.names()).map(it -> "; did you mean " + it + "?").orElse("");
      throw new UserError(
          "the network %s is unknown; allowed are %s%s"
              .formatted(name, String.join(", ", Zoo.names()), meant));
    }
    return name;
  }

  /** The network of that name for a number of classes. */
  static Network named(String name, int classes) {
    try {
      return Zoo.network(known(name), classes);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /** The network of that name for as many classes as its paper had. */
  static Network named(String name) {
    return named(name, Zoo.classes(known(name)));
  }
}
