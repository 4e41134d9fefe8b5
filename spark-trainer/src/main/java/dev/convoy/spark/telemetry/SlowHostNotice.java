package dev.convoy.spark.telemetry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Names a host that is slower than the others by more than a fifth, once: every step waits for it.
 * A host counts as slow when its executors need so much longer for a virtual node than the median
 * of the executors on other hosts, in {@value #REPORTS} reports in a row, because one report may be
 * of a garbage collection or of a cold cache.
 */
public final class SlowHostNotice implements RunListener {
  private static final double TOLERATED = 1.2;
  private static final int REPORTS = 3;

  private final Consumer<String> out;
  private final Map<String, Integer> slowReports = new HashMap<>();
  private final Set<String> named = new HashSet<>();

  /**
   * @param out gets the sentence
   */
  public SlowHostNotice(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void onTrain(TrainMetrics metrics) {
    Set<String> hosts = new HashSet<>();
    metrics.ranks().forEach(rank -> hosts.add(rank.host()));
    for (String host : hosts) {
      double factor = factor(metrics.ranks(), host);
      int reports = factor > TOLERATED ? slowReports.merge(host, 1, Integer::sum) : 0;
      slowReports.put(host, reports);
      if (reports == REPORTS && named.add(host)) {
        out.accept(
            String.format(
                Locale.ROOT,
                "host %s is slow: its executors take %.2f times as long for a virtual node as those"
                    + " on the other hosts, and every step waits for them",
                host,
                factor));
      }
    }
  }

  /** Returns how much slower a host is than the median of the executors on other hosts. */
  private static double factor(List<RankTime> ranks, String host) {
    double[] others =
        ranks.stream()
            .filter(rank -> !rank.host().equals(host))
            .mapToDouble(RankTime::perVirtualNode)
            .sorted()
            .toArray();
    double own =
        ranks.stream()
            .filter(rank -> rank.host().equals(host))
            .mapToDouble(RankTime::perVirtualNode)
            .average()
            .orElse(0);
    return others.length == 0 ? 1 : own / others[others.length / 2];
  }
}
