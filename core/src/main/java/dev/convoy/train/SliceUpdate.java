package dev.convoy.train;

import dev.convoy.collective.Bfloat16;
import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The optimizer on the slices that this rank owns, one of each bucket. An optimizer that works
 * element by element updates a slice as soon as its sum is complete. One that needs norms of whole
 * layers, such as LARS, waits for the sums of all buckets.
 */
final class SliceUpdate {
  private final Optimizer optimizer;
  private final Collective collective;
  private final List<OwnedSlice> slices = new ArrayList<>();

  /** The sums of squares of the whole vector; empty if the optimizer needs none. */
  private final float[] squares;

  /** For each bucket the part of {@link #squares} that each rank fills. */
  private final List<List<Range>> squaresOf = new ArrayList<>();

  SliceUpdate(Optimizer optimizer, Collective collective, float[] weights) {
    this.optimizer = optimizer;
    this.collective = collective;
    squares = new float[optimizer.sumsBefore(weights.length)];
    float scale = 1f / collective.virtualNodes().count();
    float[] shared = needsNorms() ? null : new float[collective.longestSlice()];
    for (int bucket = 0; bucket < collective.buckets().count(); bucket++) {
      Range own = collective.slice(bucket);
      float[] sum = shared == null ? new float[own.length()] : shared;
      slices.add(OwnedSlice.of(own, weights, sum, scale));
      squaresOf.add(collective.slices(bucket).stream().map(this::squares).toList());
    }
  }

  private Range squares(Range slice) {
    return new Range(optimizer.sumsBefore(slice.from()), optimizer.sumsBefore(slice.to()));
  }

  private boolean needsNorms() {
    return squares.length > 0;
  }

  /** Returns this rank's slices, one of each bucket. */
  List<OwnedSlice> slices() {
    return slices;
  }

  /** Returns where the sum of a bucket's slice belongs, from index 0 on. */
  float[] sum(int bucket) {
    return slices.get(bucket).shard().gradientSum();
  }

  /** Notes that the sum of a bucket's slice is complete, and updates the slice if that suffices. */
  void summed(int bucket, float[] weights, float learningRate) {
    if (!needsNorms()) {
      update(bucket, weights, learningRate);
    }
  }

  /** Updates what had to wait until the sums of all buckets were complete. */
  void allSummed(float[] weights, float learningRate) {
    if (!needsNorms()) {
      return;
    }
    for (OwnedSlice slice : slices) {
      optimizer.sum(slice.shard(), slice.range().from(), slice.range().to(), squares);
    }
    for (List<Range> ranges : squaresOf) {
      collective.allGather(squares, ranges);
    }
    optimizer.prepare(squares);
    for (int bucket = 0; bucket < slices.size(); bucket++) {
      update(bucket, weights, learningRate);
    }
  }

  private void update(int bucket, float[] weights, float learningRate) {
    OwnedSlice slice = slices.get(bucket);
    optimizer.update(slice.shard(), slice.range().from(), slice.range().to(), learningRate);
    slice.copyTo(weights);
    if (collective.rounds()) {
      Bfloat16.nearest(weights, slice.range().from(), slice.range().to());
    }
  }
}
