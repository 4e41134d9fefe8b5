package dev.convoy.data.loader;

import dev.convoy.tensor.Shape;

/**
 * The samples of one step and virtual node, ready for a network. A buffer of a {@link BatchLoader}:
 * whoever took it gives it back, and does not touch it afterwards.
 */
public final class Microbatch {
  final int slot;

  private final Shape shape;
  private final float[] pixels;
  private final int[] labels;
  private final int[] sampleIds;
  private final long[] keys;
  private long step;
  private int virtualNode;
  private int count;

  Microbatch(int slot, Shape shape, int capacity, int views) {
    this.slot = slot;
    this.shape = shape;
    this.pixels = new float[Math.multiplyExact(shape.size(), Math.multiplyExact(capacity, views))];
    this.labels = new int[capacity];
    this.sampleIds = new int[capacity];
    this.keys = new long[capacity];
  }

  /** Returns the memory that a buffer of {@code samples} samples takes, each of one input. */
  public static long bytes(Shape shape, int samples) {
    long ofSample = (long) shape.size() * Float.BYTES + 2 * Integer.BYTES + Long.BYTES;
    return samples * ofSample;
  }

  void begin(long step, int virtualNode, int count) {
    this.step = step;
    this.virtualNode = virtualNode;
    this.count = count;
  }

  /** Returns the step, counted over all epochs. */
  public long step() {
    return step;
  }

  /** Returns the virtual node. */
  public int virtualNode() {
    return virtualNode;
  }

  /** Returns how many samples it has; the arrays may be longer. */
  public int count() {
    return count;
  }

  /** Returns the shape of each image. */
  public Shape shape() {
    return shape;
  }

  /** Returns the inputs one after the other, those of a sample together, each in HWC order. */
  public float[] pixels() {
    return pixels;
  }

  /** Returns the samples' classes. */
  public int[] labels() {
    return labels;
  }

  /** Returns the samples' indices in their dataset. */
  public int[] sampleIds() {
    return sampleIds;
  }

  /**
   * Returns for each sample the key from which its dropout is drawn: a function of seed, epoch and
   * sample.
   */
  public long[] keys() {
    return keys;
  }
}
