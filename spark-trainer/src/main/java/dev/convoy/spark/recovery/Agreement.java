package dev.convoy.spark.recovery;

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
   * Returns the newest that is there, the same on all ranks.
   *
   * @param ofRanks what each has told
   * @param after a step from which the attempt can go on anyway
   * @param length of the flat vector
   */
  public static Optional<Agreement> of(List<Remnant> ofRanks, long after, int length) {
    return Recovery.newest(ofRanks.stream().map(Remnant::holdings).toList(), after, length)
        .flatMap(
            recovery ->
                Remnant.loopBefore(recovery.step(), ofRanks)
                    .map(loop -> new Agreement(recovery, loop)));
  }
}
