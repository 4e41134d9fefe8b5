package dev.convoy.spark.bench;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.WireFormat;

/**
 * What ranks exchange while they are timed.
 *
 * @param ranks processes on this machine, at least 2
 * @param floats in each vector
 * @param bucket floats in a bucket
 * @param wire format in which floats travel
 * @param encrypt whether chunks are encrypted
 * @param warmUp exchanges before the timed ones
 * @param timed the timed ones
 */
public record AllReducePlan(
    int ranks, int floats, int bucket, WireFormat wire, boolean encrypt, Span warmUp, Span timed) {

  /** Returns the number of vectors that are added: the least power of two, one or more a rank. */
  int virtualNodes() {
    return ranks == 1 ? 1 : Integer.highestOneBit(ranks - 1) * 2;
  }

  /** Returns what ranks know of each other. */
  CollectivePlan collective() {
    return new CollectivePlan(
        new VirtualNodes(virtualNodes(), ranks), Buckets.of(floats, bucket), wire);
  }
}
