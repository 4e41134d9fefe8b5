package dev.convoy.spark.train;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.AugmentationPipeline;
import dev.convoy.data.augment.Augmentations;
import dev.convoy.data.augment.CentreCrop;
import dev.convoy.data.augment.MultiCrop;
import dev.convoy.data.augment.Normalize;
import dev.convoy.data.augment.Pad;
import dev.convoy.data.augment.RepeatChannel;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * From stored images to a network's input: the steps that the configuration names, then what every
 * network needs: images as large as its input, normalized, of as many channels.
 */
final class InputPipeline {
  private InputPipeline() {}

  /**
   * The pipeline of a split.
   *
   * @param lines of the configuration
   * @throws DataException if the steps do not lead to the network's input
   */
  static AugmentationPipeline of(
      DataConfig config, ImageShape stored, Network network, List<String> lines) {
    return ending(config, stored, network, steps(config, network, lines));
  }

  /**
   * The pipelines of a test that averages over crops.
   *
   * @param crops as {@link MultiCrop} reads it
   */
  static List<AugmentationPipeline> crops(
      DataConfig config, String crops, ImageShape stored, Network network) {
    List<Augmentation> steps = steps(config, network, config.augment().validation());
    List<List<Augmentation>> views = MultiCrop.of(crops, network.input());
    if (views.size() == 1) {
      return List.of(ending(config, stored, network, steps));
    }
    if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof CentreCrop) {
      steps = steps.subList(0, steps.size() - 1);
    }
    List<AugmentationPipeline> pipelines = new ArrayList<>();
    for (List<Augmentation> view : views) {
      List<Augmentation> all = new ArrayList<>(steps);
      all.addAll(view);
      pipelines.add(ending(config, stored, network, all));
    }
    return pipelines;
  }

  private static List<Augmentation> steps(DataConfig config, Network network, List<String> lines) {
    try {
      return Augmentations.of(
          lines, new Augmentations.Context(network.input(), array(config.normalization().mean())));
    } catch (DataException e) {
      throw new UserError("data.augment: " + e.getMessage(), e);
    }
  }

  private static AugmentationPipeline ending(
      DataConfig config, ImageShape stored, Network network, List<Augmentation> begun) {
    Shape input = network.input();
    List<Augmentation> steps = new ArrayList<>(begun);
    ImageShape shape = stored;
    for (Augmentation step : begun) {
      shape = step.shapeAfter(shape);
    }
    if (!shape.varies() && (shape.height() < input.height() || shape.width() < input.width())) {
      steps.add(new Pad(input.height(), input.width()));
    }
    steps.add(
        new Normalize(array(config.normalization().mean()), array(config.normalization().std())));
    if (stored.channels() == 1 && input.channels() > 1) {
      steps.add(new RepeatChannel(input.channels()));
    }
    return new AugmentationPipeline(stored, input, steps);
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
