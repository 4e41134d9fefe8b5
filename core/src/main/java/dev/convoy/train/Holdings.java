package dev.convoy.train;

import dev.convoy.collective.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a rank has kept of former attempts at a run, as it tells the others.
 *
 * @param slices the ranges of the flat vector whose state is there, by the number of steps done
 */
public record Holdings(SortedMap<Long, List<Range>> slices) {

  /** Returns what there is of these slices. */
  public static Holdings of(List<SliceVersions> versions) {
    SortedMap<Long, List<Range>> slices = new TreeMap<>();
    for (SliceVersions slice : versions) {
      for (long step : slice.steps()) {
        slices.computeIfAbsent(step, s -> new ArrayList<>()).add(slice.range());
      }
    }
    return new Holdings(slices);
  }

  List<Range> at(long step) {
    return slices.getOrDefault(step, List.of());
  }
}
