package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;

import java.util.Optional;

/**
 * Section {@code evaluate}.
 *
 * @param every epochs between two validations while training; empty for never
 * @param batchSize images that a virtual node takes at a time, at most
 * @param crops over which {@code convoy evaluate} averages, as {@link
 *     dev.convoy.data.augment.MultiCrop} reads it
 */
public record EvaluateConfig(Optional<Span.Epochs> every, int batchSize, String crops) {
  static final Section SECTION = new Section("evaluate");

  /** A plateau lowers the learning rate by what the validations say, so they define the result. */
  static final DefinesResult WITH_PLATEAU =
      DefinesResult.where(
          "Defines the result if the schedule goes by validations",
          config -> config.train().schedule().goesByValidations());

  static final Key<Optional<Span>> EVERY =
      SECTION.key(
          "every",
          Types.every(
              "a value like \"1 epoch\", \"5 epochs\" or \"never\"",
              span -> span instanceof Span.Epochs),
          "\"1 epoch\"",
          WITH_PLATEAU,
          "When to validate while training.");

  static final Key<Integer> BATCH_SIZE =
      SECTION.key(
          "batch-size",
          Types.wholeNumber(1),
          "250",
          NO,
          "Validation images that a virtual node takes at a time, at most; fewer where a network's"
              + " values would need more than 256 MiB.");

  private static final Key<String> CROPS =
      SECTION.key(
          "crops",
          Types.text("one, ten or grid N"),
          "one",
          NO,
          "Only `convoy evaluate`: over how many crops of an image its probabilities are averaged:"
              + " one (as while training), ten (corners and centre, and their mirror images) or grid N"
              + " (N x N places, and mirrored). They take the place of the centre-crop at the end of"
              + " data.augment.validation.");

  static EvaluateConfig read(Values values) {
    return new EvaluateConfig(
        values.get(EVERY).map(Span.Epochs.class::cast), values.get(BATCH_SIZE), values.get(CROPS));
  }
}
