package dev.convoy.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Labelled images with random access; all methods but {@link #close} may be called by any thread.
 */
public interface Dataset extends Closeable {
  /** Returns how many samples there are, at least one. */
  int size();

  /** Returns the classes' names, in the order of their labels. */
  List<String> classNames();

  /** Returns what is known of the images' shape, as stored. */
  ImageShape imageShape();

  /**
   * Reads one sample.
   *
   * @param index from 0 to size - 1
   * @param into what is overwritten; a thread uses one of its own
   * @throws DataException if what is stored turns out to be corrupt
   */
  void read(int index, Sample into) throws IOException;

  /**
   * Returns the SHA-256 of the content, as {@link ContentDigest} defines it: 64 hex digits, the
   * same whatever the format and the place in which the samples are stored.
   */
  String fingerprint() throws IOException;

  /**
   * Returns the sums over the pixels of all its images; unknown where only reading every image
   * would tell, or nobody has kept them.
   */
  default PixelSums pixelSums() {
    return PixelSums.UNKNOWN;
  }

  /** Returns how many classes there are; a label is less than that. */
  default int classes() {
    return classNames().size();
  }
}
