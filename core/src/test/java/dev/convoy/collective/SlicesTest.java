package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlicesTest {

  @Property(tries = 200)
  void slicesTileTheVectorAtMultiplesOfTheAlignment(
      @ForAll @IntRange(max = 50_000) int length, @ForAll @IntRange(min = 1, max = 20) int ranks) {
    int next = 0;
    for (Range slice : new Slices(new Range(0, length), ranks).all()) {
      assertEquals(next, slice.from());
      assertTrue(slice.from() % Slices.ALIGNMENT == 0 || slice.length() == 0);
      next = slice.to();
    }
    assertEquals(length, next);
  }

  @Test
  void someSlicesOfAShortVectorAreEmpty() {
    assertEquals(
        List.of(new Range(0, 1024), new Range(1024, 1025), new Range(1025, 1025)),
        new Slices(new Range(0, 1025), 3).all());
  }

  @Test
  void theLongestVectorDoesNotOverflow() {
    List<Range> slices = new Slices(new Range(0, Integer.MAX_VALUE), 2).all();
    assertEquals(new Range(0, 1 << 30), slices.get(0));
    assertEquals(new Range(1 << 30, Integer.MAX_VALUE), slices.get(1));
  }
}
