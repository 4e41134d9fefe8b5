package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Lets faults befall one training, each after the run has got over the one before. */
final class ChaosRun {
  /** No fault may cost more; what does is called a hang. */
  private static final Duration LONGEST = Duration.ofSeconds(150);

  private static final long POLL_MILLIS = 5;
  private static final int MOST_PROBLEMS = 5;

  private final Scene scene;
  private final Progress progress;
  private final PrintStream out;
  private final List<Recovery> recoveries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  ChaosRun(Scene scene, PrintStream out) {
    this.scene = scene;
    this.progress = scene.training().progress();
    this.out = out;
  }

  List<Recovery> recoveries() {
    return recoveries;
  }

  /** Returns what must not have happened. */
  List<String> problems() {
    return problems;
  }

  /**
   * Provokes faults, and waits for the end of the run.
   *
   * @param stepsBetween two faults, about
   * @param deadline by {@link System#nanoTime()}
   * @return whether the run came to its end
   */
  boolean run(List<Fault> faults, long stepsBetween, RandomGenerator random, long deadline)
      throws IOException, InterruptedException {
    for (int i = 0; i < faults.size(); i++) {
      long step = stepsBetween * (i + 1) + random.nextLong(-stepsBetween / 4, stepsBetween / 4 + 1);
      int attempts = progress.attempts();
      if (!awaitStep(step, "fault " + (i + 1))) {
        return false;
      }
      if (System.nanoTime() > deadline) {
        problems.add("the time was over after " + i + " of " + faults.size() + " faults");
        return false;
      }
      if (progress.attempts() > attempts) {
        problems.add("an attempt ended that no fault had befallen, before fault " + (i + 1));
      }
      if (!overcome(i + 1, faults.get(i), random)) {
        return false;
      }
    }
    return awaitStep(Long.MAX_VALUE, "the end");
  }

  /** Waits for a step, or for the end of the run if that is before. */
  private boolean awaitStep(long step, String before) throws IOException, InterruptedException {
    long reached = -1;
    long since = System.nanoTime();
    while (progress.step() < step) {
      progress.poll();
      if (scene.training().hash().isPresent()) {
        return true;
      }
      if (scene.training().hasEnded()) {
        problems.add("the driver ended before " + before + ": " + scene.training().lastWords());
        if (problems.size() >= MOST_PROBLEMS) {
          return false;
        }
        scene.training().resume();
      }
      if (progress.step() > reached) {
        reached = progress.step();
        since = System.nanoTime();
      } else if (System.nanoTime() - since > LONGEST.toNanos()) {
        problems.add(hang("no fault, before " + before));
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  private String hang(String after) throws IOException {
    return String.format(
        Locale.ROOT,
        "hang: no step after %d within %d s after %s; the driver's last words:%n    %s",
        progress.step(),
        LONGEST.toSeconds(),
        after,
        scene.training().lastWords());
  }

  private boolean overcome(int number, Fault fault, RandomGenerator random)
      throws IOException, InterruptedException {
    long step = progress.step();
    Outage outage = progress.begin(fault.endsAttempt());
    long start = System.nanoTime();
    Injury injury = fault.provoke(scene, random);
    String what =
        "fault " + number + " at step " + step + ", " + fault.name() + ": " + injury.victim();
    boolean repaired = false;
    while (!progress.isOver(outage)) {
      progress.poll();
      if (!repaired && System.nanoTime() - start >= injury.lasts().toNanos()) {
        injury.repair().run();
        repaired = true;
        progress.repaired(outage);
      }
      if (repaired && scene.training().hasEnded()) {
        if (!fault.mayEndDriver()) {
          problems.add("the driver ended by " + what + "\n    " + scene.training().lastWords());
        }
        scene.training().resume();
      }
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        problems.add(hang(what));
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    Recovery recovery = new Recovery(fault.name(), outage.recovery(), outage.redone());
    recoveries.add(recovery);
    out.printf(
        Locale.ROOT,
        "%s; a new step after %.1f s, %d steps again%s%n",
        what,
        recovery.took().toMillis() / 1000.0,
        recovery.redone(),
        outage.hasBegunAnotherAttempt() ? "" : ", in the same attempt");
    return true;
  }
}
