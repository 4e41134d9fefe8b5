package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.transport.WireFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BuddiesTest {
  @Property
  void everySliceHasItsReplicasOnOtherRanks(
      @ForAll @IntRange(min = 1, max = 40) int ranks,
      @ForAll @IntRange(max = 3) int wanted,
      @ForAll @IntRange(min = 1, max = 5) int onHost) {
    List<String> hosts = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      hosts.add("host" + rank / onHost);
    }
    Buddies buddies = Buddies.of(hosts, wanted);
    assertEquals(Math.min(wanted, ranks - 1), buddies.replicas());
    for (int rank = 0; rank < ranks; rank++) {
      List<Integer> keepers = buddies.keepers(rank);
      assertEquals(buddies.replicas(), new HashSet<>(keepers).size());
      assertFalse(keepers.contains(rank));
      for (int keeper : keepers) {
        assertTrue(buddies.owners(keeper).contains(rank));
        assertTrue(buddies.partners(keeper).contains(rank));
        assertTrue(buddies.partners(rank).contains(keeper));
      }
    }
  }

  @Test
  void replicasLieOnOtherHostsWhereRanksOfOneHostFollowEachOther() {
    Buddies buddies = Buddies.of(List.of("a", "a", "b", "b", "c", "c"), 1);
    for (int rank = 0; rank < 6; rank++) {
      assertNotEquals(rank / 2, buddies.keepers(rank).get(0) / 2);
    }
  }

  @Test
  void ranksOfOneHostKeepEachOthersReplicasAllTheSame() {
    assertEquals(List.of(1), Buddies.of(Collections.nCopies(4, "a"), 1).keepers(0));
  }

  @Test
  void buddiesOfAnotherNumberOfRanksAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Buddies(2, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Buddies(2, 1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CollectivePlan(
                new VirtualNodes(4, 2), Buckets.single(10), WireFormat.FLOAT32, Buddies.none(4)));
  }
}
