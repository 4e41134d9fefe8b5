package dev.convoy.spark.recovery;

import dev.convoy.train.Holdings;
import dev.convoy.train.Recovery;
import java.util.List;
import java.util.Optional;

/**
 * What all ranks of an attempt go on from.
 *
 * @param recovery the step, and which rank has which part of its state
 * @param loop what the training loop remembered before the work that follows that step
 */
public record Agreement(Recovery recovery, LoopState loop) {

  /**
   * Returns the newest that is there, the same on all ranks. A step that nobody has told of is
   * passed over for the one before, so that it is told of when it is taken again.
   *
   * @param ofRanks what each has told
   * @param after a step from which the attempt can go on anyway
   * @param length of the flat vector
   */
  public static Optional<Agreement> of(List<Remnant> ofRanks, long after, int length) {
    List<Holdings> holdings = ofRanks.stream().map(Remnant::holdings).toList();
    List<Recovery> possible = Recovery.possible(holdings, after, length);
    long reported = ofRanks.stream().mapToLong(Remnant::reported).max().orElse(0);
    return possible.stream()
        .filter(recovery -> recovery.step() <= reported)
        .findFirst()
        .or(() -> possible.stream().findFirst())
        .flatMap(
            recovery ->
                Remnant.loopBefore(recovery.step(), ofRanks)
                    .map(loop -> new Agreement(recovery, loop)));
  }
}
