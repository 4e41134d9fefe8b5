package dev.convoy.spark.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.collective.Range;
import dev.convoy.optim.Plateau;
import dev.convoy.train.Holdings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final LoopState AT_4 = new LoopState(4, 4, 4, new Plateau.State(0.1, 2, 1));
  private static final LoopState AT_6 = new LoopState(6, 6, 4, new Plateau.State(0.09, 0, 1));

  private static Remnant remnant(long reported, Map<Long, Range> slices) {
    TreeMap<Long, List<Range>> lists = new TreeMap<>();
    slices.forEach((step, range) -> lists.put(step, List.of(range)));
    return new Remnant(new Holdings(lists), List.of(AT_4, AT_6), reported);
  }

  private static Optional<Long> step(Optional<Agreement> agreement) {
    return agreement.map(agreed -> agreed.recovery().step());
  }

  @Test
  void goesOnFromTheNewestStepThatAllPartsHave() {
    List<Remnant> ranks =
        List.of(
            remnant(7, Map.of(7L, new Range(0, 10), 6L, new Range(0, 10))),
            remnant(6, Map.of(6L, new Range(10, 20), 5L, new Range(10, 20))));
    Optional<Agreement> agreement = Agreement.of(ranks, 2, 20);
    assertEquals(Optional.of(6L), step(agreement));
    // What follows step 6 is done again, so the loop is as it was before.
    assertEquals(AT_4, agreement.orElseThrow().loop());
    assertEquals(Optional.empty(), Agreement.of(ranks, 6, 20));
    assertEquals(Optional.empty(), Agreement.of(ranks, 2, 21));
  }

  @Test
  void takesAStepAgainOfWhichNobodyHasTold() {
    Map<Long, Range> both = Map.of(8L, new Range(0, 20), 7L, new Range(0, 20));
    assertEquals(Optional.of(7L), step(Agreement.of(List.of(remnant(7, both)), 2, 20)));
    assertEquals(Optional.of(8L), step(Agreement.of(List.of(remnant(8, both)), 2, 20)));
    Map<Long, Range> newest = Map.of(8L, new Range(0, 20));
    assertEquals(Optional.of(8L), step(Agreement.of(List.of(remnant(7, newest)), 2, 20)));
  }

  @Test
  void isToldAsJson() {
    Remnant remnant = remnant(7, Map.of(7L, new Range(0, 10), 6L, new Range(3, 10)));
    assertEquals(remnant, Remnant.of(remnant.toJson()));
    Remnant nothing = new Remnant(new Holdings(new TreeMap<>()), List.of(), 0);
    assertEquals(nothing, Remnant.of(nothing.toJson()));
  }
}
