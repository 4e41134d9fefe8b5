package dev.convoy.testing;

import dev.convoy.concurrent.ThreadTeam;
import java.util.List;
import java.util.Locale;

/** Teams of one to three workers, which all tests of a JVM share. */
public final class Teams {
  /** How many workers every kernel is tested with. */
  public static final List<Integer> SIZES = List.of(1, 2, 3);

  private static final List<ThreadTeam> TEAMS = SIZES.stream().map(ThreadTeam::new).toList();

  private Teams() {}

  /** Runs a program on so many workers. */
  public static void run(int workers, ThreadTeam.Program program) {
    ThreadTeam team = TEAMS.get(SIZES.indexOf(workers));
    synchronized (team) {
      try {
        team.run(program);
      } catch (Exception e) {
        throw new AssertionError(String.format(Locale.ROOT, "a worker of %d failed", workers), e);
      }
    }
  }
}
