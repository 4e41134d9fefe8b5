package dev.convoy.spark.predict;

import dev.convoy.data.input.InputDescription;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.spark.storage.WeightsMetadata;
import dev.convoy.tensor.Shape;
import java.io.IOException;
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

  /** Returns the name of a class, or its number where nobody has named it. */
  String className(int label) {
    return label < classes.size() ? classes.get(label) : "class " + label;
  }

  /**
   * Makes the pipeline from an image of any size to the network's input, as the validation images
   * came to it. Where those were all of one size, the image is first scaled to that.
   */
  public InputPipeline pipeline() {
    InputDescription input =
        new InputDescription(metadata.image(), network.input(), metadata.mean(), metadata.std());
    return input.pipelineForAnySize(input.steps(metadata.augment()));
  }
}
