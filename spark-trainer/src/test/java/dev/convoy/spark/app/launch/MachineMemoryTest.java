package dev.convoy.spark.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.spark.cluster.ControlGroups;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MachineMemoryTest {
  private static final Optional<ControlGroups.Memory> NO_LIMIT = Optional.empty();

  private static final ClusterConfig CLUSTER =
      ConvoyConfig.load(
              ConvoyConfig.BUILTIN,
              List.of(
                  "network.name=lenet5",
                  "data.train=/data",
                  "cluster.executors=2",
                  "cluster.memory=4g"))
          .cluster();

  private static String refusal(OptionalLong freeMiB, Optional<ControlGroups.Memory> limit) {
    return assertThrows(UserError.class, () -> MachineMemory.check(CLUSTER, freeMiB, limit))
        .getMessage();
  }

  @Test
  void executorsThatTheFreeMemoryDoesNotHoldAreRefusedWithTheNumbers() {
    MachineMemory.check(CLUSTER, OptionalLong.of(10418), NO_LIMIT);
    assertEquals(
        "not enough free memory: 2 executors of 4505 MiB and the driver of 1408 MiB (heap and"
            + " overhead) need 10418 MiB, this machine has 10417 MiB free; lower cluster.executors"
            + " or cluster.memory",
        refusal(OptionalLong.of(10417), NO_LIMIT));
  }

  @Test
  void executorsThatALimitDoesNotHoldAreRefusedWithTheNumbers() {
    OptionalLong plenty = OptionalLong.of(1 << 20);
    MachineMemory.check(CLUSTER, plenty, Optional.of(new ControlGroups.Memory(12000, 10418)));
    assertEquals(
        "not enough memory: 2 executors of 4505 MiB and the driver of 1408 MiB (heap and overhead)"
            + " need 10418 MiB, the limit of this container or service (control group) is 12000"
            + " MiB, of which 10417 MiB are free; lower cluster.executors or cluster.memory, or"
            + " raise the limit",
        refusal(plenty, Optional.of(new ControlGroups.Memory(12000, 10417))));
  }

  @Test
  void whereNothingIsKnownNothingIsRefused() {
    MachineMemory.check(CLUSTER, OptionalLong.empty(), NO_LIMIT);
  }
}
