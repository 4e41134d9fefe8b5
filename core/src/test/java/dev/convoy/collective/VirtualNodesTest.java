package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VirtualNodesTest {

  @Test
  void threeRanksShareEightNodesAsThreeThreeTwo() {
    VirtualNodes nodes = new VirtualNodes(8, 3);
    assertEquals(
        List.of(new Range(0, 3), new Range(3, 6), new Range(6, 8)),
        IntStream.range(0, 3).mapToObj(nodes::block).toList());
    assertEquals(List.of(new Subtree(0, 2), new Subtree(2, 1)), nodes.subtrees(0));
    assertEquals(List.of(new Subtree(3, 1), new Subtree(4, 2)), nodes.subtrees(1));
    assertEquals(List.of(new Subtree(6, 2)), nodes.subtrees(2));
  }

  @Property(tries = 200)
  void blocksTileTheNodesAndSubtreesTileTheBlocks(
      @ForAll @IntRange(max = 8) int log, @ForAll @IntRange(min = 1, max = 256) int anyRanks) {
    int count = 1 << log;
    int ranks = 1 + anyRanks % count;
    VirtualNodes nodes = new VirtualNodes(count, ranks);
    int next = 0;
    for (int rank = 0; rank < ranks; rank++) {
      Range block = nodes.block(rank);
      int size = block.length();
      assertTrue(size == count / ranks || size == count / ranks + 1, "block of " + size);
      assertTrue(size <= nodes.block(0).length(), "first ranks take the larger blocks");
      for (Subtree subtree : nodes.subtrees(rank)) {
        assertEquals(next, subtree.first());
        next += subtree.size();
        Range parent = parentOf(subtree);
        assertTrue(
            subtree.size() == count || parent.from() < block.from() || parent.to() > block.to(),
            () -> subtree + " could be larger in " + block);
      }
      assertEquals(block.to(), next);
    }
    assertEquals(count, next);
  }

  private static Range parentOf(Subtree subtree) {
    int size = 2 * subtree.size();
    int first = subtree.first() / size * size;
    return new Range(first, first + size);
  }

  @Test
  void saysWhatIsWrongWithTheNumbers() {
    assertMessage(
        "the number of virtual nodes must be a power of two (1, 2, 4, 8, …), got 6",
        () -> new VirtualNodes(6, 2));
    assertMessage(
        "the number of virtual nodes must be a power of two (1, 2, 4, 8, …), got 0",
        () -> new VirtualNodes(0, 1));
    assertMessage(
        "every rank needs a virtual node of its own: 5 ranks, but only 4 virtual nodes; use at most"
            + " 4 ranks or at least 5 virtual nodes",
        () -> new VirtualNodes(4, 5));
    assertMessage("there must be at least 1 rank, got 0", () -> new VirtualNodes(4, 0));
    assertMessage("ranks are numbered 0 to 1, got 2", () -> new VirtualNodes(4, 2).block(2));
  }

  private static void assertMessage(String message, Runnable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
  }
}
