package dev.convoy.spark.train;

import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetFormat;
import dev.convoy.data.DatasetFormats;
import dev.convoy.data.Split;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.AugmentationPipeline;
import dev.convoy.data.augment.HorizontalFlip;
import dev.convoy.data.augment.Normalize;
import dev.convoy.data.augment.Pad;
import dev.convoy.data.augment.RepeatChannel;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.tensor.Shape;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    Dataset training = open(config, config.train(), hadoop, Split.TRAIN);
    try {
      return new RunData(config, training, openValidation(config, hadoop));
    } catch (IOException | RuntimeException e) {
      training.close();
      throw e;
    }
  }

  /** The validation data alone. */
  static Dataset openValidation(DataConfig config, Configuration hadoop) throws IOException {
    return open(config, config.validation(), hadoop, Split.VALIDATION);
  }

  private static Dataset open(DataConfig config, String uri, Configuration hadoop, Split split)
      throws IOException {
    DatasetFormat format = DatasetFormats.named(config.format().label());
    return format.open(hadoop, uri, split);
  }

  /** The classes' names, those of the configuration before those of the data. */
  List<String> classNames() {
    return config.classNames().isEmpty() ? training.classNames() : config.classNames();
  }

  /** Refuses data with classes that the network does not have. */
  void requireClasses(int classes) {
    requireClasses(training, config.train(), classes);
    requireClasses(validation, config.validation(), classes);
    int names = config.classNames().size();
    if (names != 0 && names != training.classes()) {
      throw new UserError(
          "data.class-names has %d names, but %s has %d classes"
              .formatted(names, config.train(), training.classes()));
    }
  }

  static void requireClasses(Dataset dataset, String where, int classes) {
    if (dataset.classes() > classes) {
      throw new UserError(
          "%s has %d classes, but network.classes is %d"
              .formatted(where, dataset.classes(), classes));
    }
  }

  /** From stored training images to the network's input. */
  AugmentationPipeline trainingPipeline(Network network) {
    List<Augmentation> random = config.augment().flip() ? List.of(new HorizontalFlip()) : List.of();
    return pipeline(config, training.shape(), network, random);
  }

  /** From stored validation images to the network's input. */
  static AugmentationPipeline validationPipeline(
      DataConfig config, Dataset validation, Network network) {
    return pipeline(config, validation.shape(), network, List.of());
  }

  private static AugmentationPipeline pipeline(
      DataConfig config, Shape stored, Network network, List<Augmentation> random) {
    Shape input = network.input();
    List<Augmentation> steps = new ArrayList<>(random);
    if (stored.height() < input.height() || stored.width() < input.width()) {
      steps.add(new Pad(input.height(), input.width()));
    }
    steps.add(new Normalize(array(config.normalize().mean()), array(config.normalize().std())));
    if (stored.channels() == 1 && input.channels() > 1) {
      steps.add(new RepeatChannel(input.channels()));
    }
    Shape wanted = new Shape(input.height(), input.width(), input.channels());
    return new AugmentationPipeline(stored, wanted, steps);
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  @Override
  public void close() throws IOException {
    try (training;
        validation) {
      // Both are closed, whichever fails.
    }
  }
}
