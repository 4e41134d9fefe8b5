package dev.convoy.data.input;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.Augmentations;
import dev.convoy.data.augment.CentreCrop;
import dev.convoy.data.augment.Fit;
import dev.convoy.data.augment.MultiCrop;
import dev.convoy.data.augment.Normalize;
import dev.convoy.data.augment.Pad;
import dev.convoy.data.augment.RepeatChannel;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a network takes, and how the images that it gets are stored. Every pipeline made from it
 * begins with the steps that the user chose and ends with those that every network needs: an image
 * smaller than the input is padded, pixels are normalized, the channel of a grey image is repeated
 * for a network that takes colour.
 *
 * @param stored what is known of the stored images
 * @param input shape of the network's input
 * @param mean of each stored channel, pixels between 0 and 1; empty to leave pixels from 0 to 255
 * @param std standard deviation of each stored channel; empty where {@code mean} is
 */
public record InputDescription(ImageShape stored, Shape input, List<Float> mean, List<Float> std) {
  private static final float MIDDLE_GREY = 0.5f;

  /** Copies the lists. */
  public InputDescription {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Returns an input whose pixels stay as they are, from 0 to 255: to be looked at. */
  public static InputDescription ofPixels(ImageShape stored, Shape input) {
    return new InputDescription(stored, input, List.of(), List.of());
  }

  /**
   * Reads the steps that a configuration names.
   *
   * @param lines each a name and then numbers, such as {@code short-side 256 480}
   * @throws DataException if there is no such step, or its numbers make no sense
   */
  public List<Augmentation> steps(List<String> lines) {
    List<Float> means = mean.isEmpty() ? Collections.nCopies(stored.channels(), MIDDLE_GREY) : mean;
    return Augmentations.of(lines, new Augmentations.Context(input, array(means)));
  }

  /**
   * Makes the pipeline for stored images.
   *
   * @param steps come before those that every network needs
   * @throws DataException if they do not lead to the network's input
   */
  public InputPipeline pipeline(List<Augmentation> steps) {
    List<Augmentation> all = new ArrayList<>(steps);
    all.addAll(ending(after(stored, steps)));
    return new InputPipeline(stored, input, all);
  }

  /**
   * Makes the pipelines of a test that averages over crops of each image.
   *
   * @param steps come before the crops; a centre crop at their end makes room for several crops
   * @param crops as {@link MultiCrop} reads it
   * @throws DataException if they do not lead to the network's input
   */
  public List<InputPipeline> crops(List<Augmentation> steps, String crops) {
    List<List<Augmentation>> views = MultiCrop.of(crops, input);
    if (views.size() == 1) {
      return List.of(pipeline(steps));
    }
    int last = steps.size() - 1;
    boolean centred = last >= 0 && steps.get(last) instanceof CentreCrop;
    List<Augmentation> common = centred ? steps.subList(0, last) : steps;
    List<InputPipeline> pipelines = new ArrayList<>();
    for (List<Augmentation> view : views) {
      List<Augmentation> all = new ArrayList<>(common);
      all.addAll(view);
      pipelines.add(pipeline(all));
    }
    return pipelines;
  }

  /**
   * Makes the pipeline for images from elsewhere, of any size. Where all stored images have one
   * size, an image is first scaled to fit into that size and centred there; then it goes the way of
   * a stored image.
   *
   * @throws DataException if the steps do not lead to the network's input
   */
  public InputPipeline pipelineForAnySize(List<Augmentation> steps) {
    List<Augmentation> all = new ArrayList<>();
    if (!stored.varies()) {
      all.add(new Fit(stored.height(), stored.width()));
      all.add(new Pad(stored.height(), stored.width()));
    }
    all.addAll(steps);
    all.addAll(ending(after(stored, steps)));
    return new InputPipeline(ImageShape.ofAnySize(stored.channels()), input, all);
  }

  private static ImageShape after(ImageShape before, List<Augmentation> steps) {
    ImageShape shape = before;
    for (Augmentation step : steps) {
      shape = step.shapeAfter(shape);
    }
    return shape;
  }

  /** Returns the steps that every network needs, for images that have come to {@code shape}. */
  private List<Augmentation> ending(ImageShape shape) {
    List<Augmentation> steps = new ArrayList<>();
    boolean smaller = shape.height() < input.height() || shape.width() < input.width();
    if (!shape.varies() && smaller) {
      steps.add(new Pad(input.height(), input.width()));
    }
    if (!mean.isEmpty() || !std.isEmpty()) {
      steps.add(new Normalize(array(mean), array(std)));
    }
    if (stored.channels() == 1 && input.channels() > 1) {
      steps.add(new RepeatChannel(input.channels()));
    }
    return steps;
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
