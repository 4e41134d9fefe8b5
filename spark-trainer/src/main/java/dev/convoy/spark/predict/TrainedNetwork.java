package dev.convoy.spark.predict;

import dev.convoy.data.ImageShape;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.AugmentationPipeline;
import dev.convoy.data.augment.Augmentations;
import dev.convoy.data.augment.Fit;
import dev.convoy.data.augment.Normalize;
import dev.convoy.data.augment.Pad;
import dev.convoy.data.augment.RepeatChannel;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * A network with its weights and with what they were trained on.
 *
 * @param network the network
 * @param weights its flat vector
 * @param loss what makes probabilities of its logits
 * @param classes names in the order of the labels
 * @param metadata of the weights
 */
public record TrainedNetwork(
    Network network, float[] weights, Loss loss, List<String> classes, WeightsMetadata metadata) {

  /**
   * Puts together what a weights file says.
   *
   * @param build the network the user names, for a shape of images and a number of classes
   * @param names of the classes in place of the file's; empty for the file's
   * @throws UserError if the weights are not that network's, or the names not those of its classes
   */
  public static TrainedNetwork of(
      WeightsFile file, BiFunction<Shape, Integer, Network> build, List<String> names)
      throws IOException {
    WeightsMetadata metadata = WeightsMetadata.of(file.metadata(), file.path().toString());
    Network network = build.apply(metadata.input(), metadata.outputs());
    List<String> classes = names.isEmpty() ? metadata.classes() : names;
    int known = metadata.classes().size();
    // A network may have outputs for classes that its training data lacked.
    if (classes.size() < known || classes.size() > metadata.outputs()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%d classes are named, but the weights in %s have %d, and %d names for them",
              classes.size(),
              file.path(),
              metadata.outputs(),
              known));
    }
    // Other names for the same classes are welcome, the same names for other classes are not.
    if (new HashSet<>(classes).equals(new HashSet<>(metadata.classes()))) {
      file.otherClasses("the given names", classes)
          .ifPresent(
              difference -> {
                throw new UserError("the classes are named in another order: " + difference);
              });
    }
    return new TrainedNetwork(
        network,
        file.vector(network),
        Losses.of(metadata.loss(), Losses.Settings.ofConstant(metadata.lossConstant())),
        classes,
        metadata);
  }

  /** The name of a class, or its number where nobody has named it. */
  String className(int label) {
    return label < classes.size() ? classes.get(label) : "class " + label;
  }

  /**
   * From an image of any size to the network's input, as the validation images came to it. Where
   * those were all of one size, the image is first scaled to that.
   */
  AugmentationPipeline pipeline() {
    ImageShape stored = metadata.image();
    Shape input = network.input();
    List<Augmentation> steps = new ArrayList<>();
    ImageShape shape = ImageShape.ofAnySize(stored.channels());
    if (!stored.varies()) {
      steps.add(new Fit(stored.height(), stored.width()));
      steps.add(new Pad(stored.height(), stored.width()));
      shape = stored;
    }
    for (Augmentation step :
        Augmentations.of(
            metadata.augment(), new Augmentations.Context(input, array(metadata.mean())))) {
      steps.add(step);
      shape = step.shapeAfter(shape);
    }
    if (!shape.varies() && (shape.height() < input.height() || shape.width() < input.width())) {
      steps.add(new Pad(input.height(), input.width()));
    }
    steps.add(new Normalize(array(metadata.mean()), array(metadata.std())));
    if (stored.channels() == 1 && input.channels() > 1) {
      steps.add(new RepeatChannel(input.channels()));
    }
    return new AugmentationPipeline(ImageShape.ofAnySize(stored.channels()), input, steps);
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
