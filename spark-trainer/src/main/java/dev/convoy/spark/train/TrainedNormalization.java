package dev.convoy.spark.train;

import dev.convoy.data.Dataset;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.spark.storage.WeightsMetadata;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The numbers that images were normalized by when weights were trained. */
final class TrainedNormalization {
  private TrainedNormalization() {}

  /**
   * Returns a configuration that normalizes images as they were while training: as the weights say,
   * or where they do not, as the training images' own numbers do.
   *
   * @throws UserError if the configuration has other numbers than the weights
   */
  static ConvoyConfig evaluating(ConvoyConfig config, WeightsFile weights, Configuration hadoop)
      throws IOException {
    Optional<DataConfig.Normalize> trained = of(weights);
    Optional<DataConfig.Normalize> wanted = config.data().normalize();
    if (trained.isPresent() && wanted.isPresent() && !trained.equals(wanted)) {
      throw new UserError(
          ("%s was trained with images normalized by %s, but data.normalize is %s;"
                  + " data.normalize = auto takes the former")
              .formatted(weights.path(), text(trained.get()), text(wanted.get())));
    }
    if (trained.isPresent()) {
      return config.withNormalize(trained.get());
    }
    if (wanted.isPresent()) {
      return config;
    }
    try (Dataset training = RunData.openTraining(config.data(), hadoop)) {
      return RunData.normalized(config, training);
    }
  }

  /** Says where a run normalizes otherwise than the weights that it begins with are used to. */
  static Optional<String> notice(ConvoyConfig config, WeightsFile weights) {
    return of(weights)
        .filter(trained -> !trained.equals(config.data().normalization()))
        .map(
            trained ->
                "%s was trained with images normalized by %s, and this run normalizes by %s"
                    .formatted(weights.path(), text(trained), text(config.data().normalization())));
  }

  private static Optional<DataConfig.Normalize> of(WeightsFile weights) {
    if (!weights.metadata().containsKey("network")) {
      return Optional.empty();
    }
    WeightsMetadata metadata = WeightsMetadata.of(weights.metadata(), weights.path().toString());
    return Optional.of(new DataConfig.Normalize(metadata.mean(), metadata.std()));
  }

  private static String text(DataConfig.Normalize normalize) {
    return "mean " + normalize.mean() + ", std " + normalize.std();
  }
}
