package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.WHERE_USED;
import static dev.convoy.spark.config.DefinesResult.YES;

import dev.convoy.optim.OptimizerFactory;
import dev.convoy.optim.Optimizers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Section {@code train.optimizer}.
 *
 * @param name one of {@link Optimizers#names}
 * @param momentum share of the previous update in the next, 0 &lt;= momentum &lt; 1
 * @param weightDecay L2 penalty, added to the gradient as weightDecay * weight, at least 0
 * @param decaysVectors whether biases and batch normalization decay too
 * @param trust only for LARS: how far a step may change a layer, relative to its size
 */
public record OptimizerConfig(
    String name, double momentum, double weightDecay, boolean decaysVectors, double trust) {
  static final Section SECTION = new Section("train.optimizer");

  private static final Key<String> NAME =
      SECTION.key(
          "name",
          Types.name(Optimizers.names()),
          "sgd",
          YES,
          "Which optimizer: "
              + Optimizers.all().stream()
                  .map(optimizer -> optimizer.name() + " (" + optimizer.summary() + ")")
                  .collect(Collectors.joining(", "))
              + ".");

  private static final Key<Double> MOMENTUM =
      SECTION.key(
          "momentum",
          Types.number("a number from 0 to below 1", m -> m >= 0 && m < 1),
          "0.9",
          YES,
          "Share of the previous update that goes into the next.");

  private static final Key<Double> WEIGHT_DECAY =
      SECTION.key(
          "weight-decay",
          Types.number("a number from 0", d -> d >= 0),
          "5e-4",
          YES,
          "L2 penalty, added to the gradient as weight-decay * weight.");

  private static final Key<Boolean> DECAY_VECTORS =
      SECTION.key(
          "decay-vectors",
          Types.onOff(),
          "on",
          YES,
          new Key.Usage(
              "train.optimizer.weight-decay above 0",
              config -> config.train().optimizer().weightDecay() > 0),
          "Whether it is added for biases and for the scales and shifts of batch normalization"
              + " too.");

  private static final Key<Double> TRUST =
      SECTION.key(
          "trust",
          Types.number("a number above 0", t -> t > 0),
          "0.001",
          WHERE_USED,
          usage("trust"),
          "Only lars: how far a step may change a layer, relative to its size.");

  /** Returns the usage of a key that only some optimizers use. */
  private static Key.Usage usage(String key) {
    List<String> users =
        Optimizers.all().stream()
            .filter(optimizer -> optimizer.uses().contains(key))
            .map(OptimizerFactory::name)
            .toList();
    return new Key.Usage(
        "train.optimizer.name = " + String.join(" or ", users),
        config -> users.contains(config.train().optimizer().name()));
  }

  static OptimizerConfig read(Values values) {
    return new OptimizerConfig(
        values.get(NAME),
        values.get(MOMENTUM),
        values.get(WEIGHT_DECAY),
        values.get(DECAY_VECTORS),
        values.get(TRUST));
  }

  /** Returns the settings that the list of optimizers takes. */
  public Optimizers.Settings settings() {
    return new Optimizers.Settings(momentum, weightDecay, decaysVectors, trust);
  }
}
