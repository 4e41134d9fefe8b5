package dev.convoy.train;

import dev.convoy.collective.Bfloat16;
import dev.convoy.collective.Buddies;
import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The optimizer on the slices that this rank owns, one of each bucket, and on those that it keeps
 * replicas of ({@link Buddies}): the same update of the same sums gives the same bits. An optimizer
 * that works element by element updates a slice as soon as its sum is complete. One that needs
 * norms of whole layers, such as LARS, waits for the sums of all buckets.
 */
final class SliceUpdate {
  private final Optimizer optimizer;
  private final Collective collective;
  private final float scale;
  private final boolean versioned;
  private final List<OwnedSlice> slices;

  /** For each rank whose slices this one keeps replicas of, one replica of each bucket. */
  private final List<List<ReplicaSlice>> replicas = new ArrayList<>();

  /** For each bucket the sums of the replicas. */
  private final List<List<float[]>> replicaSums = new ArrayList<>();

  /** The sums of squares of the whole vector; empty if the optimizer needs none. */
  private final float[] squares;

  /** For each bucket the part of {@link #squares} that each rank fills. */
  private final List<List<Range>> squaresOf = new ArrayList<>();

  SliceUpdate(Optimizer optimizer, Collective collective, float[] weights) {
    this.optimizer = optimizer;
    this.collective = collective;
    scale = 1f / collective.virtualNodes().count();
    Buddies buddies = collective.buddies();
    versioned = buddies.replicas() > 0;
    squares = new float[optimizer.sumsBefore(weights.length)];
    slices = slices(collective.owned(collective.rank()), weights, !needsNorms());
    for (int owner : buddies.owners(collective.rank())) {
      List<OwnedSlice> copies = slices(collective.owned(owner), weights, false);
      replicas.add(copies.stream().map(ReplicaSlice::new).toList());
    }
    for (int bucket = 0; bucket < collective.buckets().count(); bucket++) {
      int number = bucket;
      replicaSums.add(
          replicas.stream().map(owner -> owner.get(number).slice().shard().gradientSum()).toList());
      squaresOf.add(collective.slices(bucket).stream().map(this::squares).toList());
    }
  }

  /**
   * @param share whether the slices can share the room for their sums, as each is updated before
   *     the next one's sum comes
   */
  private List<OwnedSlice> slices(List<Range> ranges, float[] weights, boolean share) {
    int longest = ranges.stream().mapToInt(Range::length).max().orElse(0);
    float[] shared = share ? new float[longest] : null;
    return ranges.stream()
        .map(
            range -> {
              float[] sum = shared == null ? new float[range.length()] : shared;
              return OwnedSlice.of(range, weights, sum, scale, versioned);
            })
        .toList();
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

  /** Returns this rank's slices and those that it keeps replicas of. */
  List<OwnedSlice> held() {
    return Stream.concat(
            slices.stream(), replicas.stream().flatMap(List::stream).map(ReplicaSlice::slice))
        .toList();
  }

  /** Returns the versions of all these slices, after training has ended; none without replicas. */
  List<SliceVersions> versions() {
    if (!versioned) {
      return List.of();
    }
    return Stream.concat(
            slices.stream().map(OwnedSlice::versions),
            replicas.stream().flatMap(List::stream).map(replica -> replica.versions(optimizer)))
        .toList();
  }

  /** Returns where the sum of a bucket's slice belongs, from index 0 on. */
  float[] sum(int bucket) {
    return slices.get(bucket).shard().gradientSum();
  }

  /** Sends the sum of a bucket's slice to those who keep a replica, and receives theirs. */
  void replicate(int bucket) {
    if (versioned) {
      for (int owner = 0; owner < replicas.size(); owner++) {
        replicas.get(owner).get(bucket).applyPending(optimizer);
      }
      collective.replicate(bucket, sum(bucket), replicaSums.get(bucket));
    }
  }

  /**
   * Notes that the sums of a bucket's slices are complete, and updates the slices if that suffices.
   */
  void summed(int bucket, float[] weights, float learningRate, long step) {
    if (!needsNorms()) {
      update(bucket, weights, learningRate, step);
    }
  }

  /** Updates what had to wait until the sums of all buckets were complete. */
  void allSummed(float[] weights, float learningRate, long step) {
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
      update(bucket, weights, learningRate, step);
    }
  }

  private void update(int bucket, float[] weights, float learningRate, long step) {
    OwnedSlice slice = slices.get(bucket);
    slice.update(optimizer, learningRate, step);
    slice.copyTo(weights);
    if (collective.rounds()) {
      Bfloat16.nearest(weights, slice.range().from(), slice.range().to());
    }
    for (int owner = 0; owner < replicas.size(); owner++) {
      replicas.get(owner).get(bucket).pend(learningRate, step);
    }
  }
}
