package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Hands the state of a {@link Recovery} from the ranks that have kept it to all ranks of a new
 * attempt, bucket by bucket. Every rank must call the same methods in the same order.
 */
public final class StateGather {
  private final Collective collective;
  private final Recovery recovery;
  private final List<SliceVersions> kept;

  /** What gets a part of the state: the range, and where it begins in the values. */
  @FunctionalInterface
  private interface Target {
    void copy(Range range, float[] values, int at);
  }

  /**
   * @param collective of the new attempt
   * @param kept what this rank has told in its {@link Holdings}
   */
  public StateGather(Collective collective, Recovery recovery, List<SliceVersions> kept) {
    this.collective = collective;
    this.recovery = recovery;
    this.kept = kept;
  }

  /** Returns the weights, a flat vector. */
  public float[] weights() {
    float[] weights = new float[collective.buckets().length()];
    gather(
        SliceVersions::weights,
        (range, values, at) -> System.arraycopy(values, at, weights, range.from(), range.length()));
    return weights;
  }

  /** Returns the optimizer's state of any ranges. */
  public List<StateSlice> momentum(List<Range> wanted) {
    List<StateSlice> state = wanted.stream().map(StateSlice::zeros).toList();
    gather(
        SliceVersions::momentum,
        (range, values, at) -> state.forEach(slice -> slice.copyFrom(range, values, at)));
    return state;
  }

  private void gather(BiFunction<SliceVersions, Long, float[]> part, Target target) {
    for (Range bucket : collective.buckets().ranges()) {
      List<Range> pieces = new ArrayList<>();
      List<Range> ofRanks = new ArrayList<>();
      float[] values = new float[bucket.length()];
      int at = 0;
      for (int rank = 0; rank < collective.ranks(); rank++) {
        int from = at;
        for (Recovery.Piece piece : recovery.pieces()) {
          Range range = bucket.intersection(piece.range());
          if (piece.rank() == rank && range.length() > 0) {
            if (rank == collective.rank()) {
              fill(range, part, values, at);
            }
            pieces.add(range);
            at += range.length();
          }
        }
        ofRanks.add(new Range(from, at));
      }
      collective.allGather(values, ofRanks);
      at = 0;
      for (Range piece : pieces) {
        target.copy(piece, values, at);
        at += piece.length();
      }
    }
  }

  /** Copies a part of the state that this rank has. */
  private void fill(
      Range range, BiFunction<SliceVersions, Long, float[]> part, float[] values, int at) {
    for (SliceVersions slice : kept) {
      if (contains(slice.range(), range) && slice.has(recovery.step())) {
        float[] own = part.apply(slice, recovery.step());
        System.arraycopy(own, range.from() - slice.range().from(), values, at, range.length());
        return;
      }
    }
    throw new IllegalStateException(
        "the state of " + range + " after " + recovery.step() + " steps is gone");
  }

  private static boolean contains(Range outer, Range inner) {
    return outer.from() <= inner.from() && inner.to() <= outer.to();
  }
}
