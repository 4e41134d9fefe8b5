package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.YES;

import dev.convoy.loss.Losses;
import dev.convoy.zoo.Zoo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Section {@code train.loss}.
 *
 * @param name one of {@link Losses#names}; empty for what the network asks for
 * @param j only for the loss rbf: the constant j of LeCun et al. 1998, equation 9, above 0
 * @param labelSmoothing share of the target that all classes have alike, 0 &lt;= share &lt; 1
 */
public record LossConfig(Optional<String> name, double j, double labelSmoothing) {
  static final Section SECTION = new Section("train.loss");

  private static final Key<Optional<String>> NAME =
      SECTION.key(
          "name",
          Types.nameOr("auto", Losses.names()),
          "auto",
          YES,
          "Which loss: auto (what the network asks for), "
              + Losses.all().stream()
                  .map(loss -> loss.name() + " (" + loss.summary() + ")")
                  .collect(Collectors.joining(", "))
              + ".");

  private static final Key<Double> J =
      SECTION.key(
          "j",
          Types.number("a number above 0", j -> j > 0),
          "20",
          YES,
          new Key.Usage("the loss rbf", config -> mayBe("rbf", config)),
          "Only rbf: the penalty that keeps the distances of wrong classes apart, j of equation 9.");

  private static final Key<Double> LABEL_SMOOTHING =
      SECTION.key(
          "label-smoothing",
          Types.number("a number from 0 to below 1", s -> s >= 0 && s < 1),
          "0",
          YES,
          "Share of the target that all classes have alike, the right one included; not for rbf.");

  /** Returns whether that is the loss, or might be under a network that does not exist. */
  private static boolean mayBe(String loss, ConvoyConfig config) {
    String network = config.network().name();
    return config
        .train()
        .loss()
        .name()
        .map(loss::equals)
        .orElseGet(() -> !Zoo.names().contains(network) || Zoo.named(network).loss().equals(loss));
  }

  static LossConfig read(Values values) {
    return new LossConfig(values.get(NAME), values.get(J), values.get(LABEL_SMOOTHING));
  }

  /**
   * Returns the section with these overrides of its keys, over the defaults.
   *
   * @throws UserError where anything is unknown, of the wrong type or impossible
   */
  public static LossConfig load(List<String> sets) {
    return read(ConfigSources.defaults(sets));
  }

  /** Returns the settings that the list of losses takes. */
  public Losses.Settings settings() {
    return new Losses.Settings(j, labelSmoothing);
  }
}
