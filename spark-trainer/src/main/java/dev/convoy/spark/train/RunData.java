package dev.convoy.spark.train;

import dev.convoy.data.ClassOrder;
import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormat;
import dev.convoy.data.DatasetFormats;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Split;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.telemetry.DataIdentity;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * The data of a run, open.
 *
 * @param config where it is and how it is prepared
 * @param training what is learnt from
 * @param validation what is only looked at
 */
record RunData(DataConfig config, Dataset training, Dataset validation) implements Closeable {

  static RunData open(DataConfig config, Configuration hadoop) throws IOException {
    Dataset training = openTraining(config, hadoop);
    try {
      return new RunData(config, training, openValidation(config, hadoop));
    } catch (IOException | RuntimeException e) {
      training.close();
      throw e;
    }
  }

  /** Returns the training data alone. */
  static Dataset openTraining(DataConfig config, Configuration hadoop) throws IOException {
    return open(config, config.train(), hadoop, Split.TRAIN);
  }

  /** Returns the validation data alone. */
  static Dataset openValidation(DataConfig config, Configuration hadoop) throws IOException {
    return open(config, config.validation(), hadoop, Split.VALIDATION);
  }

  private static Dataset open(DataConfig config, String uri, Configuration hadoop, Split split)
      throws IOException {
    DatasetFormat format = DatasetFormats.named(config.format());
    return format.open(hadoop, uri, split);
  }

  /**
   * Returns a configuration that says how the data are normalized: where it is {@code auto}, by the
   * training images' own numbers.
   *
   * @throws UserError if those are not known, or of no use
   */
  ConvoyConfig normalized(ConvoyConfig given) {
    return normalized(given, training);
  }

  /** Returns the same data under another configuration. */
  RunData under(DataConfig other) {
    return new RunData(other, training, validation);
  }

  /** Returns a configuration that says how images are normalized, given the training images. */
  static ConvoyConfig normalized(ConvoyConfig given, Dataset training) {
    if (given.data().normalize().isPresent()) {
      return given;
    }
    PixelSums sums = training.pixelSums();
    if (!sums.known()) {
      throw new UserError(
          ("data.normalize = auto: the manifest of %s, of an earlier version of Convoy, lacks the mean"
                  + " and deviation of its images; prepare them again, or set data.normalize.mean"
                  + " and data.normalize.std to what convoy inspect prints")
              .formatted(given.data().train()));
    }
    int flat = sums.deviation().indexOf(BigDecimal.ZERO.setScale(4));
    if (flat >= 0) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "data.normalize = auto: all pixels of channel %d of the training images in %s are alike,"
                  + " so nothing can be learnt from them",
              flat,
              given.data().train()));
    }
    return given.withNormalize(
        new DataConfig.Normalize(floats(sums.mean()), floats(sums.deviation())));
  }

  private static List<Float> floats(List<BigDecimal> decimals) {
    return decimals.stream().map(BigDecimal::floatValue).toList();
  }

  /** Returns which data these are, whatever their paths. */
  DataIdentity identity() throws IOException {
    return new DataIdentity(training.fingerprint(), validation.fingerprint(), classNames());
  }

  /** Returns the classes' names, those of the configuration before those of the data. */
  List<String> classNames() {
    return classNames(config, training);
  }

  /** Returns the names of a dataset's classes, those of the configuration before its own. */
  static List<String> classNames(DataConfig config, Dataset dataset) {
    return config.classNames().isEmpty() ? dataset.classNames() : config.classNames();
  }

  /** Refuses data with classes that the network does not have, or that differ between the two. */
  void requireClasses(int classes) {
    requireClasses(training, config.train(), classes);
    requireClasses(validation, config.validation(), classes);
    ClassOrder.difference(
            config.train(), training.classNames(), config.validation(), validation.classNames())
        .ifPresent(
            difference -> {
              throw new UserError(
                  "the training and the validation data have other classes: " + difference);
            });
    int names = config.classNames().size();
    if (names != 0 && names != training.classes()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "data.class-names has %d names, but %s has %d classes",
              names,
              config.train(),
              training.classes()));
    }
  }

  static void requireClasses(Dataset dataset, String where, int classes) {
    if (dataset.classes() > classes) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s has %d classes, but network.classes is %d",
              where,
              dataset.classes(),
              classes));
    }
  }

  /** Returns the pipeline from stored training images to the network's input. */
  InputPipeline trainingPipeline(Network network) {
    return InputPipelines.of(config, training.imageShape(), network, config.augment().train());
  }

  /** Returns the pipeline from stored validation images to the network's input. */
  static InputPipeline validationPipeline(DataConfig config, Dataset validation, Network network) {
    return InputPipelines.of(
        config, validation.imageShape(), network, config.augment().validation());
  }

  /**
   * Returns the pipelines from stored validation images to the crops that an evaluation averages
   * over.
   */
  static List<InputPipeline> crops(
      DataConfig config, String crops, Dataset validation, Network network) {
    return InputPipelines.crops(config, crops, validation.imageShape(), network);
  }

  /** Returns the policy for corrupt samples. */
  static CorruptSamplePolicy corruptSamples(DataConfig config, Consumer<String> notices) {
    return new CorruptSamplePolicy(config.onCorrupt(), notices);
  }

  @Override
  public void close() throws IOException {
    try (training;
        validation) {
      // Both are closed, whichever fails.
    }
  }
}
