package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectiveCheck {
  @Test
  void theRingIsUsedForFiveRanksAndGivesThemAllRanges() throws Exception {
    assertEquals(RingAllGather.ALGORITHM, Algorithms.allGather(5));
    for (int length : new int[] {0, 1, 300_000}) {
      List<float[]> vectors =
          LoopbackRanks.run(
              5,
              5 * length,
              8,
              collective -> {
                float[] vector = new float[5 * length];
                List<Range> slices = collective.slices(0);
                Range own = slices.get(collective.rank());
                Arrays.fill(vector, own.from(), own.to(), 1);
                collective.allGather(vector);
                return vector;
              });
      float[] expected = new float[5 * length];
      Arrays.fill(expected, 1);
      assertEquals(5, vectors.size());
      vectors.forEach(vector -> assertArrayEquals(expected, vector));
    }
  }
}
