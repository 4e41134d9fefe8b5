package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectiveCheck {
  @Test
  void everyRankGetsTheVectorOfTheRoot() throws Exception {
    for (int ranks : new int[] {1, 2, 3}) {
      for (int length : new int[] {0, 1, 300_000}) {
        List<float[]> vectors =
            LoopbackRanks.run(
                ranks,
                64,
                4,
                collective -> {
                  float[] vector = new float[length];
                  Arrays.fill(vector, collective.rank());
                  collective.broadcast(vector, ranks - 1);
                  return vector;
                });
        float[] expected = new float[length];
        Arrays.fill(expected, ranks - 1f);
        assertEquals(ranks, vectors.size());
        vectors.forEach(vector -> assertArrayEquals(expected, vector));
      }
    }
  }
}
