package dev.convoy.spark.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and ranges of executors, and the network's link, as a user writes them. */
class ExecutorCountsTest {
  @Test
  void rangesHaveTheirEndsAndPowersOfTwo() {
    assertEquals(List.of(1, 2, 4, 8), ExecutorCounts.parse("1..8", 8));
    assertEquals(List.of(3, 4, 8, 11), ExecutorCounts.parse("3..11", 16));
    assertEquals(List.of(1, 3, 6), ExecutorCounts.parse("6, 1,3,3", 8));
    assertEquals(11, ExecutorCounts.parse("1..1024", 1024).size());
    assertEquals(List.of(5), ExecutorCounts.parse("5..5", 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "8..1", "1..", "a", "1;2", "-1", "1.5", "1,,2", "9999999"})
  void anythingElseIsRefused(String text) {
    UserError refused = assertThrows(UserError.class, () -> ExecutorCounts.parse(text, 8));
    assertTrue(
        refused.getMessage().startsWith("--executors " + text + " is invalid: expected"),
        refused.getMessage());
  }

  @Test
  void everyExecutorNeedsAVirtualNode() {
    UserError refused = assertThrows(UserError.class, () -> ExecutorCounts.parse("1..100", 8));
    assertTrue(refused.getMessage().contains("each of 100 executors"), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("set train.virtual-nodes to 128"), refused.getMessage());
  }

  @Test
  void linksHaveUnits() {
    assertEquals(new Link(1.25e9, 5e-5), Link.parse("10gbit", "50us"));
    assertEquals(new Link(1.25e7, 0), Link.parse("100 Mbit", "0 s"));
    assertEquals(new Link(3.125e9, 0.0015), Link.parse("25gbit", "1.5ms"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0gbit", "10gb", "-1gbit", "fast", "10 gbit/s", "1e3mbit"})
  void bandwidthWithoutThemIsRefused(String text) {
    UserError refused = assertThrows(UserError.class, () -> Link.parse(text, "50us"));
    assertEquals(
        "--bandwidth "
            + text
            + " is invalid: expected a number above zero and kbit, mbit or gbit, as in 10gbit",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "50", "1h", "-1us"})
  void latencyWithoutThemIsRefused(String text) {
    assertThrows(UserError.class, () -> Link.parse("10gbit", text));
  }
}
