package dev.convoy.spark.app.options;

import dev.convoy.nn.Network;
import dev.convoy.spark.config.ShapeText;
import dev.convoy.spark.config.Suggestion;
import dev.convoy.spark.config.UserError;
import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import dev.convoy.zoo.ZooNetwork;

/** A network that the command line names. */
public final class NetworkArgument {
  private NetworkArgument() {}

  /**
   * Returns the name, if there is such a network.
   *
   * @throws UserError with a suggestion
   */
  public static String known(String name) {
    try {
      Zoo.named(name);
      return name;
    } catch (IllegalArgumentException e) {
      String meant =
          Suggestion.nearest(name, Zoo.names()).map(it -> "; did you mean " + it + "?").orElse("");
      throw new UserError(e.getMessage() + meant, e);
    }
  }

  /**
   * Returns the network of that name.
   *
   * @param input shape of an image, or null for its paper's
   * @param classes how many, or null for as many as its paper had
   * @throws UserError if there is none of that name, or none of that shape
   */
  public static Network named(String name, Shape input, Integer classes) {
    known(name);
    try {
      ZooNetwork papers = Zoo.named(name);
      return papers
          .input(input == null ? papers.input() : input)
          .classes(classes == null ? papers.classes() : classes)
          .build();
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /** Returns the value of an option {@code --classes}, or null where there is none. */
  public static Integer classes(Integer value) {
    return value == null ? null : Require.atLeast(2, "--classes", value);
  }

  /** Returns the value of an option {@code --input}, or null where there is none. */
  public static Shape input(String value) {
    return value == null
        ? null
        : ShapeText.parse(value)
            .orElseThrow(
                () ->
                    new UserError(
                        "--input %s is invalid: expected %s".formatted(value, ShapeText.ALLOWED)));
  }
}
