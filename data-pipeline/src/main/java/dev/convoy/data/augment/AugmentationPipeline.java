package dev.convoy.data.augment;

import dev.convoy.data.DataException;
import dev.convoy.data.Sample;
import dev.convoy.random.CounterRandom;
import dev.convoy.tensor.Shape;
import java.util.List;

/** Augmentations in order, from a dataset's images to a network's input. Any thread may use it. */
public final class AugmentationPipeline {
  private final Augmentation[] steps;
  private final Shape output;

  /**
   * Checks the whole way once, before the first image.
   *
   * @param stored the shape of the dataset's images
   * @param wanted the shape of the network's input
   * @throws DataException if the steps do not lead from the one to the other
   */
  public AugmentationPipeline(Shape stored, Shape wanted, List<Augmentation> steps) {
    Shape shape = stored;
    for (Augmentation step : steps) {
      shape = step.shapeAfter(shape);
    }
    if (!shape.equals(wanted)) {
      throw new DataException(
          String.format(
              "the network takes images of %s, but the dataset's %s are %s after augmentation",
              wanted, stored, shape));
    }
    this.steps = steps.toArray(Augmentation[]::new);
    this.output = wanted;
  }

  /** The shape of what it makes. */
  public Shape output() {
    return output;
  }

  /**
   * Makes a network's input of a sample; allocates nothing once the work image has grown.
   *
   * @param epochKey of the random numbers of the epoch's augmentation
   * @param work the calling thread's own
   * @param into receives HWC floats from {@code at} on
   */
  public void apply(Sample sample, long epochKey, Image work, float[] into, int at) {
    long sampleKey = CounterRandom.derive(epochKey, sample.id());
    work.load(sample);
    for (int i = 0; i < steps.length; i++) {
      steps[i].apply(work, CounterRandom.derive(sampleKey, i));
    }
    if (work.height() != output.height()
        || work.width() != output.width()
        || work.channels() != output.channels()) {
      throw new DataException(
          String.format(
              "sample %d is %dx%dx%d after augmentation, but the network takes %s",
              sample.id(), work.height(), work.width(), work.channels(), output));
    }
    System.arraycopy(work.pixels(), 0, into, at, output.size());
  }
}
