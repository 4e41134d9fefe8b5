package dev.convoy.spark.bench;

import dev.convoy.collective.Buckets;

/**
 * What ranks exchange while they are timed.
 *
 * @param ranks processes on this machine, at least 2
 * @param floats in each vector
 * @param bucket floats in a bucket
 * @param encrypt whether chunks are encrypted
 * @param warmUp exchanges before the timed ones
 * @param timed the timed ones
 */
public record AllReducePlan(
    int ranks, int floats, int bucket, boolean encrypt, Span warmUp, Span timed) {

  /** Returns the number of vectors that are added: the least power of two, one or more a rank. */
  int virtualNodes() {
    return ranks == 1 ? 1 : Integer.highestOneBit(ranks - 1) * 2;
  }

  /** Returns how the vector is cut. */
  Buckets buckets() {
    return Buckets.of(floats, bucket);
  }
}
