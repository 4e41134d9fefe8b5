package dev.convoy.collective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The frames in which ranges of a vector travel, which both ends of a connection know. */
final class Frames {
  private Frames() {}

  /** Returns the chunks of the ranges, in their order; empty ranges have none. */
  static List<Range> cut(List<Range> ranges, int chunk) {
    List<Range> frames = new ArrayList<>();
    for (Range range : ranges) {
      int end;
      for (int at = range.from(); at < range.to(); at = end) {
        end = at + Math.min(chunk, range.to() - at);
        frames.add(new Range(at, end));
      }
    }
    return frames;
  }

  /** Returns as few ranges as possible that are the same part of the vector, ascending. */
  static List<Range> merge(List<Range> ranges) {
    List<Range> merged = new ArrayList<>();
    ranges.stream()
        .filter(range -> range.length() > 0)
        .sorted(Comparator.comparingInt(Range::from))
        .forEach(
            range -> {
              int last = merged.size() - 1;
              if (last >= 0 && merged.get(last).to() == range.from()) {
                merged.set(last, new Range(merged.get(last).from(), range.to()));
              } else {
                merged.add(range);
              }
            });
    return merged;
  }

  static long floats(List<Range> ranges) {
    return ranges.stream().mapToLong(Range::length).sum();
  }
}
