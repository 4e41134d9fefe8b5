package dev.convoy.spark.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.spark.telemetry.RankTime;
import dev.convoy.train.TimeShares;
import java.util.ArrayList;
import java.util.List;

/** Gathers from all executors what their steps took. */
final class RankTimes {
  /** Milliseconds of data, computation and waiting, and whom the rank waited for. */
  private static final int FIELDS = 4;

  private final Collective collective;
  private final List<Range> ranges;
  private final float[] values;

  RankTimes(Collective collective) {
    this.collective = collective;
    ranges = collective.equalRanges(FIELDS);
    values = new float[FIELDS * collective.ranks()];
  }

  /**
   * Returns the times of all ranks; every rank must call it.
   *
   * @param shares of this rank's time since the last report
   * @param millis of a step, on the average since then
   */
  List<RankTime> gather(TimeShares shares, double millis) {
    int at = ranges.get(collective.rank()).from();
    values[at] = (float) (shares.data() * millis);
    values[at + 1] = (float) ((shares.forward() + shares.backward()) * millis);
    values[at + 2] = (float) (shares.communication() * millis);
    values[at + 3] = collective.takeLongestAwaited();
    collective.allGather(values, ranges);
    // That exchange waited for nothing but the report.
    collective.takeLongestAwaited();
    List<RankTime> times = new ArrayList<>();
    for (int rank = 0; rank < collective.ranks(); rank++) {
      times.add(time(rank));
    }
    return List.copyOf(times);
  }

  private RankTime time(int rank) {
    int at = ranges.get(rank).from();
    return new RankTime(
        rank,
        collective.host(rank),
        collective.virtualNodes().block(rank).length(),
        values[at],
        values[at + 1],
        values[at + 2],
        (int) values[at + 3]);
  }
}
