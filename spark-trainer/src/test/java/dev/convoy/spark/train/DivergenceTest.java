package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class DivergenceTest {
  @Test
  void aPersonReadsWhereAndWhat() {
    assertEquals("the loss is no longer finite at step 7", Divergence.ofLoss(7).sentence());
    assertEquals(
        "the tensor conv1.weight is no longer finite at step 9",
        Divergence.ofWeights("conv1.weight", 9).sentence());
    assertEquals("conv1.weight", Divergence.ofWeights("conv1.weight", 9).end().tensor());
    assertNull(Divergence.ofLoss(7).end().tensor());
  }
}
