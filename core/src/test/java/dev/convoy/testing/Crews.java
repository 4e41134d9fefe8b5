package dev.convoy.testing;

import dev.convoy.concurrent.Crew;
import java.util.List;
import java.util.Locale;

/** Crews of one to three workers, which all tests of a JVM share. */
public final class Crews {
  /** How many workers every kernel is tested with. */
  public static final List<Integer> SIZES = List.of(1, 2, 3);

  private static final List<Crew> CREWS = SIZES.stream().map(Crew::new).toList();

  private Crews() {}

  /** Runs a program on so many workers. */
  public static void run(int workers, Crew.Program program) {
    Crew crew = CREWS.get(SIZES.indexOf(workers));
    synchronized (crew) {
      try {
        crew.run(program);
      } catch (Exception e) {
        throw new AssertionError(String.format(Locale.ROOT, "a worker of %d failed", workers), e);
      }
    }
  }
}
