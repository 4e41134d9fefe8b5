package dev.convoy.data.loader;

import dev.convoy.random.RandomStream;

/** Which samples make up the microbatch of a step and a virtual node; any thread may ask. */
public interface SampleOrder {
  /** Returns the most samples that a microbatch has. */
  int microbatchSize();

  /** Returns how many steps there are; {@link Long#MAX_VALUE} when there is no end. */
  long steps();

  /** Returns how many virtual nodes share a step. */
  int virtualNodes();

  /**
   * Writes the samples' indices.
   *
   * @return how many; less than {@link #microbatchSize()}, even 0, only at the end
   */
  int samples(long step, int virtualNode, int[] into);

  /**
   * Returns whether a sample that cannot be used is replaced by the one after it in the dataset, so
   * that microbatches stay full; else it is left out.
   */
  boolean fills();

  /** Returns the key of the random numbers of that stream in the epoch that the step belongs to. */
  long epochKey(long step, RandomStream stream);
}
