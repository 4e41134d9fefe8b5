package dev.convoy.data.inspect;

import java.util.TreeMap;

/** How long one side of the images is: the least, the median and the most, in pixels. */
public final class SideStatistics {
  private final TreeMap<Integer, Integer> counts = new TreeMap<>();

  void add(int side) {
    counts.merge(side, 1, Integer::sum);
  }

  void add(SideStatistics other) {
    other.counts.forEach((side, count) -> counts.merge(side, count, Integer::sum));
  }

  /** Returns the shortest. */
  public int least() {
    return counts.firstKey();
  }

  /** Returns the median: half of the sides are no longer. */
  public int median() {
    long images = counts.values().stream().mapToLong(Integer::longValue).sum();
    long seen = 0;
    for (var entry : counts.entrySet()) {
      seen += entry.getValue();
      if (2 * seen >= images) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("there are no images");
  }

  /** Returns the longest. */
  public int most() {
    return counts.lastKey();
  }
}
