package dev.convoy.spark.train;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.input.InputDescription;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.spark.config.UserError;
import java.util.List;

/** Makes the input pipelines that a configuration asks for. */
final class InputPipelines {
  private InputPipelines() {}

  /**
   * Makes the pipeline of a split.
   *
   * @param lines of the configuration
   * @throws UserError if the configuration names a step that there is not
   * @throws DataException if the steps do not lead to the network's input
   */
  static InputPipeline of(
      DataConfig config, ImageShape stored, Network network, List<String> lines) {
    InputDescription input = description(config, stored, network);
    return input.pipeline(steps(input, lines));
  }

  /**
   * Makes the pipelines of a test that averages over crops.
   *
   * @param crops the value of {@code evaluate.crops}
   */
  static List<InputPipeline> crops(
      DataConfig config, String crops, ImageShape stored, Network network) {
    InputDescription input = description(config, stored, network);
    return input.crops(steps(input, config.augment().validation()), crops);
  }

  private static InputDescription description(
      DataConfig config, ImageShape stored, Network network) {
    DataConfig.Normalize normalize = config.normalization();
    return new InputDescription(stored, network.input(), normalize.mean(), normalize.std());
  }

  private static List<Augmentation> steps(InputDescription input, List<String> lines) {
    try {
      return input.steps(lines);
    } catch (DataException e) {
      throw new UserError("data.augment: " + e.getMessage(), e);
    }
  }
}
