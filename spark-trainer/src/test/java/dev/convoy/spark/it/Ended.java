package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a user has before them when {@code convoy} has ended.
 *
 * @param status its exit status
 * @param out the lines of standard output
 * @param err standard error
 * @param took from start to end
 */
record Ended(int status, List<String> out, String err, Duration took) {
  private static final Pattern DIGEST = Pattern.compile("weights sha256=[0-9a-f]{64}");

  Ended requireStatus(int expected) {
    assertEquals(expected, status, this::toString);
    return this;
  }

  /** The last line of a run that came to its end. */
  String digest() {
    requireStatus(0);
    assertFalse(out.isEmpty(), this::toString);
    String last = out.get(out.size() - 1);
    assertTrue(DIGEST.matcher(last).matches(), this::toString);
    return last;
  }

  /** Holds that standard output has a line with a match of {@code regex}. */
  Ended requireLine(String regex) {
    Pattern pattern = Pattern.compile(regex);
    assertTrue(out.stream().anyMatch(line -> pattern.matcher(line).find()), this::toString);
    return this;
  }

  /** The one line on standard error, after the launcher's own word on where the data is. */
  String sentence() {
    List<String> lines = err.lines().filter(line -> !line.startsWith("convoy: data: ")).toList();
    assertEquals(1, lines.size(), this::toString);
    return lines.get(0);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "exit %d after %s%n%s%n--- stderr%n%s",
        status,
        took,
        String.join("\n", out),
        err);
  }
}
