package dev.convoy.train;

/**
 * Images with their classes, in memory.
 *
 * @param images (N,H,W,C), image by image, row by row, channels last; as the network expects them,
 *     usually normalized
 * @param labels the class of each image, counted from 0
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier of data; never compared.
public record Batch(float[] images, int[] labels) {
  /** Returns the number of images. */
  public int size() {
    return labels.length;
  }
}
