package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.spark.it.Machine.Surroundings;
import dev.convoy.spark.it.Machine.User;
import org.junit.jupiter.api.Test;

/** The hardest surroundings at once; {@link MachineMatrixIT} has all others. */
class MachineIT {
  @Test
  void aUserWithoutNameAndHomeTrainsOnAnInstallationOfRootsThatNobodyCanWrite() throws Exception {
    assumeTrue(Machine.isPossible(), "needs root and Linux's unshare");
    try (Machine machine = Machine.install()) {
      Surroundings hard =
          new Surroundings(User.NAMELESS, false, "POSIX", true, machine.hasBusyBox());
      Ended ended = MachineMatrixIT.training(machine, hard);
      assertEquals(ReferenceRun.digest(), ended.digest());
      assertEquals("", ended.err());
    }
  }
}
