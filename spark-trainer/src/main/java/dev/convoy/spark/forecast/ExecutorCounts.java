package dev.convoy.spark.forecast;

import dev.convoy.spark.config.UserError;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of executors that a forecast is wanted for. */
public final class ExecutorCounts {
  private static final Pattern PART = Pattern.compile("([0-9]{1,6})(?:\\.\\.([0-9]{1,6}))?");

  private ExecutorCounts() {}

  /**
   * Reads numbers and ranges, such as {@code 1,3,4..64}. A range has its ends and the powers of two
   * between them.
   *
   * @param virtualNodes the most there can be
   * @throws UserError if it is none, or there are more executors than virtual nodes
   */
  public static List<Integer> parse(String text, int virtualNodes) {
    SortedSet<Integer> counts = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        throw invalid(text);
      }
      int from = Integer.parseInt(matcher.group(1));
      int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
      if (from < 1 || to < from) {
        throw invalid(text);
      }
      counts.add(from);
      counts.add(to);
      for (int power = 1; power < to; power *= 2) {
        if (power > from) {
          counts.add(power);
        }
      }
    }
    if (counts.last() > virtualNodes) {
      throw new UserError(
          ("--executors %s is invalid: each of %s executors needs a virtual node, and"
                  + " train.virtual-nodes is %s; set train.virtual-nodes to %s, which is another"
                  + " run with another hash, or ask for fewer")
              .formatted(text, counts.last(), virtualNodes, powerOfTwo(counts.last())));
    }
    return List.copyOf(counts);
  }

  private static int powerOfTwo(int least) {
    return least == 1 ? 1 : Integer.highestOneBit(least - 1) * 2;
  }

  private static UserError invalid(String text) {
    return new UserError(
        ("--executors %s is invalid: expected whole numbers from 1 and ascending ranges, as in 1,3"
                + " or 1..1024")
            .formatted(text));
  }
}
