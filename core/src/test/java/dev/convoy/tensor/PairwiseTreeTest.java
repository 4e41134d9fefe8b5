package dev.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to add in the tree gives the bits that its definition gives, written out by hand. */
final class PairwiseTreeTest {
  /** Values whose sum has other bits in another order. */
  private static float[] values(int leaves) {
    float[] values = new float[leaves];
    for (int i = 0; i < leaves; i++) {
      values[i] = (i % 2 == 0 ? 1f : -7f) * (1f / (i + 3));
    }
    return values;
  }

  @Test
  void siblingsAreAddedBeforeTheirParents() {
    float[] v = values(8);
    float expected = ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
    assertEquals(expected, PairwiseTree.sum(8, i -> v[i]));
    float inARow = 0f;
    for (float value : v) {
      inARow += value;
    }
    assertNotEquals(inARow, expected, "these values cannot tell one order from another");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 64, 1024})
  void aTableIsAddedInTheSameOrder(int leaves) {
    float[] v = values(leaves);
    float[] table = new float[3 + leaves * 5];
    for (int i = 0; i < leaves; i++) {
      table[3 + i * 5] = v[i];
    }
    assertEquals(PairwiseTree.sum(leaves, i -> v[i]), PairwiseTree.sum(table, 3, 5, leaves));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 64, 1024})
  void inPlaceTheTotalIsWhereTheFirstLeafWas(int leaves) {
    float[] v = values(leaves);
    for (int i = 0; i < leaves - 1; i++) {
      v[PairwiseTree.left(i, leaves)] += v[PairwiseTree.right(i, leaves)];
    }
    assertEquals(PairwiseTree.sum(leaves, i -> values(leaves)[i]), v[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 64, 1024})
  void aRunningSumNeedsABufferForEachLevel(int leaves) {
    float[] v = values(leaves);
    float[] buffers = new float[PairwiseTree.buffers(leaves)];
    int height = 0;
    for (int leaf = 0; leaf < leaves; leaf++) {
      assertEquals(PairwiseTree.buffer(leaf), height);
      buffers[height++] = v[leaf];
      for (int merge = PairwiseTree.merges(leaf); merge > 0; merge--) {
        height--;
        buffers[height - 1] += buffers[height];
      }
    }
    assertEquals(1, height);
    assertEquals(PairwiseTree.sum(leaves, i -> v[i]), buffers[0]);
  }

  @Test
  void fewerLeavesThanPlannedFitIntoTheBuffers() {
    assertEquals(0, PairwiseTree.buffers(0));
    assertEquals(3, PairwiseTree.buffers(7));
    assertEquals(4, PairwiseTree.buffers(8));
  }
}
