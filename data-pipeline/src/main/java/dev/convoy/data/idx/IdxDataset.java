package dev.convoy.data.idx;

import dev.convoy.data.ContentDigest;
import dev.convoy.data.DataException;
import dev.convoy.data.Dataset;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelStatistics;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Sample;
import dev.convoy.data.text.ClassLabels;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Images and labels of two IDX files, one channel each, in memory: gzip allows no random access,
 * and the datasets of this format are small (MNIST takes 47 MB).
 */
final class IdxDataset implements Dataset {
  private final Shape shape;
  private final byte[] images;
  private final byte[] labels;
  private final List<String> classNames;
  private String fingerprint;
  private PixelSums pixelSums;

  /** Opens the files; labels become what the classes make of the file's numbers. */
  IdxDataset(IdxFile images, IdxFile labels, ClassLabels classes) {
    if (images.extent(0) != labels.extent(0)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d images, but %s has %d labels",
              images.path(),
              images.extent(0),
              labels.path(),
              labels.extent(0)));
    }
    if (images.extent(0) == 0) {
      throw new DataException(images.path() + " has no images");
    }
    this.shape = new Shape(images.extent(1), images.extent(2), 1);
    this.images = images.elements();
    this.classNames = classes.names();
    byte[] numbers = labels.elements();
    this.labels = new byte[numbers.length];
    for (int index = 0; index < numbers.length; index++) {
      int number = numbers[index] & 0xff;
      int label = classes.ofNumber(number);
      if (label == ClassLabels.NONE) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has the label %d at index %d, %s",
                labels.path(),
                number,
                index,
                classes.allowed(number)));
      }
      this.labels[index] = (byte) label;
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public ImageShape imageShape() {
    return ImageShape.of(shape);
  }

  @Override
  public void read(int index, Sample into) {
    byte[] pixels = into.begin(index, label(index), shape.height(), shape.width(), 1);
    System.arraycopy(images, index * shape.size(), pixels, 0, shape.size());
  }

  @Override
  public synchronized String fingerprint() throws IOException {
    if (fingerprint == null) {
      fingerprint = ContentDigest.of(this);
    }
    return fingerprint;
  }

  @Override
  public synchronized PixelSums pixelSums() {
    if (pixelSums == null) {
      PixelStatistics statistics = new PixelStatistics();
      Sample sample = new Sample();
      for (int index = 0; index < size(); index++) {
        read(index, sample);
        statistics.add(sample.pixels());
      }
      pixelSums = statistics.sums();
    }
    return pixelSums;
  }

  /** Does nothing, for no file is held open. */
  @Override
  public void close() {}

  private int label(int index) {
    return labels[index] & 0xff;
  }
}
