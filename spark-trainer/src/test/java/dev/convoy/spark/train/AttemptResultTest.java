package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptResultTest {
  private static final AttemptResult DONE = new AttemptResult.Done("0123");
  private static final AttemptResult NOTHING = new AttemptResult.Done("");

  @Test
  void rankZeroSpeaksForAll() {
    assertEquals(DONE, AttemptResult.of(List.of(DONE, NOTHING, NOTHING)));
  }

  @Test
  void aRefusalOfAnyRankIsTheResult() {
    AttemptResult refusal = new AttemptResult.Refused("set --add-modules, or else");
    assertEquals(refusal, AttemptResult.of(List.of(DONE, NOTHING, refusal)));
  }

  @Test
  void divergenceIsTheResultOfEveryRank() {
    AttemptResult diverged = new AttemptResult.Diverged(Divergence.ofLoss(3));
    assertEquals(diverged, AttemptResult.of(List.of(diverged, diverged)));
  }
}
