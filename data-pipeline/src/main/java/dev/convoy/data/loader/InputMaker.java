package dev.convoy.data.loader;

import dev.convoy.data.DataException;
import dev.convoy.data.Dataset;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.Sample;
import dev.convoy.data.augment.AugmentationPipeline;
import dev.convoy.data.augment.Image;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.random.CounterRandom;
import java.io.IOException;

/**
 * One thread's way from a stored sample to a network's input: read, decode what the first crop
 * needs of it, augment. Its buffers grow and then stay.
 */
public final class InputMaker {
  private final Dataset dataset;
  private final ImageDecoder decoder = new ImageDecoder(DecodeOptions.PREPARED);
  private final Sample sample = new Sample();
  private final Pixels decoded = new Pixels();
  private final Image image = new Image();
  private int height;
  private int width;

  /** For the samples of that dataset. */
  public InputMaker(Dataset dataset) {
    this.dataset = dataset;
  }

  /**
   * Reads a sample, whose inputs are to be made.
   *
   * @return its class
   * @throws CorruptSample if what is stored is corrupt
   */
  public int read(int id) throws IOException, CorruptSample {
    try {
      dataset.read(id, sample);
      if (sample.encoded()) {
        ImageHeader header =
            decoder.open(sample.file(), sample.fileLength(), "sample " + sample.id());
        height = header.height();
        width = header.width();
      } else {
        height = sample.pixels().height();
        width = sample.pixels().width();
      }
    } catch (DataException e) {
      throw new CorruptSample(e);
    }
    return sample.label();
  }

  /** Rows of the image last read, as stored. */
  public int height() {
    return height;
  }

  /** Columns of the image last read, as stored. */
  public int width() {
    return width;
  }

  /**
   * Makes a network's input of the sample last read.
   *
   * @param epochKey of the random numbers of the epoch's augmentation
   * @param into receives HWC floats from {@code at} on
   * @throws CorruptSample if the image cannot be decoded
   * @throws DataException if the pipeline does not take such images
   */
  public void make(AugmentationPipeline pipeline, long epochKey, float[] into, int at)
      throws CorruptSample {
    long key = CounterRandom.derive(epochKey, sample.id());
    Region region = pipeline.region(height, width, key);
    image.load(decode(region));
    if (!sample.encoded()) {
      image.crop(region);
    }
    pipeline.apply(sample.id(), key, image, into, at);
  }

  /**
   * The sample last read, as it is stored.
   *
   * @throws CorruptSample if the image cannot be decoded
   */
  public Pixels whole() throws CorruptSample {
    return decode(Region.whole(height, width));
  }

  /** The region of an encoded image; an image of known pixels is there as a whole already. */
  private Pixels decode(Region region) throws CorruptSample {
    if (!sample.encoded()) {
      return sample.pixels();
    }
    try {
      decoder.decode(dataset.imageShape().channels(), region, decoded);
      return decoded;
    } catch (DataException e) {
      throw new CorruptSample(e);
    }
  }
}
