package dev.convoy.data.input;

import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.Cropping;
import dev.convoy.data.augment.Image;
import dev.convoy.random.CounterRandom;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Locale;

/**
 * Augmentations in order, from decoded images to a network's input. Stateless, so that any thread
 * may use it.
 */
public final class InputPipeline {
  private final Augmentation[] steps;
  private final Shape output;

  /**
   * Checks the whole way once, before the first image.
   *
   * @param stored what is known of the dataset's images
   * @param wanted the shape of the network's input
   * @throws DataException if the steps do not lead from the one to the other
   */
  public InputPipeline(ImageShape stored, Shape wanted, List<Augmentation> steps) {
    ImageShape shape = stored;
    for (Augmentation step : steps) {
      shape = step.shapeAfter(shape);
    }
    if (!shape.equals(ImageShape.of(wanted))) {
      throw new DataException(
          String.format(
              "the network takes images of %s, but the dataset's (%s) are %s after augmentation%s",
              wanted,
              stored,
              shape,
              shape.varies() ? "; cut them, for example by random-resized-crop" : ""));
    }
    this.steps = steps.toArray(Augmentation[]::new);
    this.output = wanted;
  }

  /** Returns the shape of what it makes. */
  public Shape output() {
    return output;
  }

  /**
   * Makes a network's input of a whole image.
   *
   * @param sampleId for messages
   * @param sampleKey of the random numbers of this sample in this epoch
   * @param work scratch of the calling thread
   * @param into receives HWC floats from {@code at} on
   */
  public void apply(int sampleId, long sampleKey, Pixels whole, Image work, float[] into, int at) {
    work.load(whole);
    work.crop(region(whole.height(), whole.width(), sampleKey));
    applyToRegion(sampleId, sampleKey, work, into, at);
  }

  /**
   * Returns the part of an image that the steps will look at.
   *
   * @param sampleKey of the random numbers of this sample in this epoch
   */
  public Region region(int height, int width, long sampleKey) {
    return steps.length > 0 && steps[0] instanceof Cropping first
        ? first.region(height, width, CounterRandom.derive(sampleKey, 0))
        : Region.whole(height, width);
  }

  /**
   * Makes a network's input of the {@link #region} of a sample; allocates nothing once the work
   * image has grown.
   *
   * @param sampleId for messages
   * @param sampleKey of the random numbers of this sample in this epoch
   * @param region an image that is the region; holds the result afterwards
   * @param into receives HWC floats from {@code at} on
   */
  public void applyToRegion(int sampleId, long sampleKey, Image region, float[] into, int at) {
    for (int i = 0; i < steps.length; i++) {
      long key = CounterRandom.derive(sampleKey, i);
      if (i == 0 && steps[0] instanceof Cropping first) {
        first.applyToRegion(region, key);
      } else {
        steps[i].apply(region, key);
      }
    }
    if (region.height() != output.height()
        || region.width() != output.width()
        || region.channels() != output.channels()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "sample %d is %dx%dx%d after augmentation, but the network takes %s",
              sampleId,
              region.height(),
              region.width(),
              region.channels(),
              output));
    }
    System.arraycopy(region.pixels(), 0, into, at, output.size());
  }
}
