package dev.convoy.spark.it.chaos;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What faults have cost, by their kind, as a table of Markdown. */
final class RecoveryTable {
  private static final String HEAD =
      """
      | fault | times | seconds, median | worst | steps again, median | worst |
      |---|---|---|---|---|---|
      """;

  private RecoveryTable() {}

  static String of(List<Recovery> recoveries) {
    Stream<String> kinds =
        recoveries.stream()
            .map(Recovery::kind)
            .distinct()
            .sorted()
            .map(kind -> row(kind, recoveries));
    return HEAD
        + Stream.concat(kinds, Stream.of(row("all", recoveries))).collect(Collectors.joining());
  }

  private static String row(String kind, List<Recovery> all) {
    List<Recovery> some =
        all.stream().filter(one -> kind.equals("all") || one.kind().equals(kind)).toList();
    double[] seconds =
        some.stream().mapToDouble(one -> one.took().toMillis() / 1000.0).sorted().toArray();
    long[] steps = some.stream().mapToLong(Recovery::redone).sorted().toArray();
    if (some.isEmpty()) {
      return "";
    }
    int last = some.size() - 1;
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %d | %d |%n",
        kind,
        some.size(),
        seconds[last / 2],
        seconds[last],
        steps[last / 2],
        steps[last]);
  }
}
