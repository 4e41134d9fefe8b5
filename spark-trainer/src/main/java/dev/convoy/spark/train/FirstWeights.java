package dev.convoy.spark.train;

import dev.convoy.nn.StateDict;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.WeightsFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run begins with: random weights, or those of a file, to be tuned.
 *
 * @param vector the flat vector
 * @param anew tensors that are random although there is a file, because it has another number of
 *     classes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record FirstWeights(float[] vector, List<String> anew) {
  /**
   * Reads the file, if there is one, to see whether it fits: the names of tensors that are random
   * all the same. Random weights are not made, for the driver has no use of them.
   *
   * @throws UserError as {@link #of} does
   */
  static List<String> anew(RunPlan plan, Configuration hadoop) throws IOException {
    return plan.config().train().init().isEmpty() ? List.of() : of(plan, hadoop).anew();
  }

  /**
   * Makes or reads them.
   *
   * @throws UserError if the file is none, or not one of this network
   */
  static FirstWeights of(RunPlan plan, Configuration hadoop) throws IOException {
    long seed = plan.config().train().seed();
    Optional<String> init = plan.config().train().init();
    if (init.isEmpty()) {
      return new FirstWeights(plan.network().initialWeights(seed), List.of());
    }
    WeightsFile file = WeightsFile.read(init.get(), hadoop);
    try {
      StateDict.Start start =
          StateDict.loadForTuning(
              plan.network(), seed, file.content().tensors(), file.path().toString());
      return new FirstWeights(start.vector(), start.anew());
    } catch (IllegalArgumentException e) {
      throw new UserError("train.init: " + e.getMessage(), e);
    }
  }
}
