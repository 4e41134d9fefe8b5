package dev.convoy.spark.it.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The kinds of faults there are. */
final class Faults {
  private Faults() {}

  /** Returns those that can be provoked here. */
  static List<Fault> possible(boolean links, boolean smallDisk) {
    List<Fault> faults = new ArrayList<>();
    faults.add(new KilledExecutor());
    faults.add(new StoppedExecutor());
    faults.add(new KilledWorker());
    faults.add(new KilledDriver());
    faults.add(new FlippedBit());
    if (links) {
      faults.add(new CutLink());
      faults.add(new SlowLink());
    }
    if (smallDisk) {
      faults.add(new FullDisk());
    }
    return faults;
  }

  /** Returns the kinds of so many faults: as often as each other, in a random order. */
  static List<Fault> draw(List<Fault> kinds, int count, RandomGenerator random) {
    List<Fault> drawn = new ArrayList<>();
    List<Fault> left = new ArrayList<>();
    while (drawn.size() < count) {
      if (left.isEmpty()) {
        left.addAll(kinds);
      }
      drawn.add(left.remove(random.nextInt(left.size())));
    }
    return drawn;
  }
}
