package dev.convoy.data.input;

import dev.convoy.data.DataException;
import dev.convoy.data.Dataset;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.Sample;
import dev.convoy.data.augment.Image;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.random.CounterRandom;
import java.io.IOException;

/**
 * Reads samples of a dataset and makes network inputs of them, for one thread. Of an encoded image
 * only the region that the pipeline looks at is decoded. Its buffers grow and then stay.
 */
public final class InputMaker {
  private final Dataset dataset;
  private final ImageDecoder decoder = new ImageDecoder(DecodeOptions.PREPARED);
  private final Sample sample = new Sample();
  private final Pixels decoded = new Pixels();
  private final Image image = new Image();
  private int height;
  private int width;

  /** Creates a maker for the samples of that dataset. */
  public InputMaker(Dataset dataset) {
    this.dataset = dataset;
  }

  /**
   * Reads a sample, of which {@link #make} then makes inputs.
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

  /** Returns the rows of the image last read, as stored. */
  public int height() {
    return height;
  }

  /** Returns the columns of the image last read, as stored. */
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
  public void make(InputPipeline pipeline, long epochKey, float[] into, int at)
      throws CorruptSample {
    long key = CounterRandom.derive(epochKey, sample.id());
    if (sample.encoded()) {
      image.load(decode(pipeline.region(height, width, key)));
      pipeline.applyToRegion(sample.id(), key, image, into, at);
    } else {
      pipeline.apply(sample.id(), key, sample.pixels(), image, into, at);
    }
  }

  /**
   * Returns the pixels of the sample last read, as they are stored.
   *
   * @throws CorruptSample if the image cannot be decoded
   */
  public Pixels whole() throws CorruptSample {
    return sample.encoded() ? decode(Region.whole(height, width)) : sample.pixels();
  }

  private Pixels decode(Region region) throws CorruptSample {
    try {
      decoder.decode(dataset.imageShape().channels(), region, decoded);
      return decoded;
    } catch (DataException e) {
      throw new CorruptSample(e);
    }
  }
}
