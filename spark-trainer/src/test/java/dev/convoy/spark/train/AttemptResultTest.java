package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.spark.train.AttemptResult.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptResultTest {
  private static final String DONE = new AttemptResult(Ending.DONE, "0123").encode();
  private static final String NOTHING = new AttemptResult(Ending.DONE, "").encode();

  @Test
  void rankZeroSpeaksForAll() {
    assertEquals(
        new AttemptResult(Ending.DONE, "0123"), AttemptResult.of(List.of(DONE, NOTHING, NOTHING)));
  }

  @Test
  void aRefusalOfAnyRankIsTheResult() {
    AttemptResult refusal = new AttemptResult(Ending.REFUSED, "set --add-modules, or else");
    assertEquals(refusal, AttemptResult.of(List.of(DONE, NOTHING, refusal.encode())));
  }

  @Test
  void divergenceHasNothingToAdd() {
    AttemptResult diverged = new AttemptResult(Ending.DIVERGED, "");
    assertEquals(diverged, AttemptResult.of(List.of(diverged.encode(), diverged.encode())));
  }
}
