package dev.convoy.spark.train;

import dev.convoy.nn.StateDict;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.storage.WeightsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run begins with: random weights, or those of a file, to be tuned.
 *
 * @param vector the flat vector
 * @param anew tensors that are random although there is a file, because it was trained on other
 *     classes, or on these in another order
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record FirstWeights(float[] vector, List<String> anew) {
  /**
   * What was found in the file of the first weights, if there is one.
   *
   * @param anew names of tensors that are random all the same
   * @param notices what a person should know of it
   */
  record Check(List<String> anew, List<String> notices) {
    private static final Check NOTHING = new Check(List.of(), List.of());
  }

  /**
   * Reads the file, if there is one, to see whether it fits. Random weights are not made, for the
   * driver has no use of them.
   *
   * @throws UserError as {@link #of} does
   */
  static Check check(RunPlan plan, Configuration hadoop) throws IOException {
    Optional<String> init = plan.config().train().init();
    if (init.isEmpty()) {
      return Check.NOTHING;
    }
    WeightsFile file = WeightsFile.read(init.get(), hadoop);
    List<String> notices = new ArrayList<>(file.notices());
    TrainedNormalization.notice(plan.config(), file).ifPresent(notices::add);
    return new Check(of(plan, file).anew(), notices);
  }

  /**
   * Makes or reads them.
   *
   * @throws UserError if the file is none, or not one of this network
   */
  static FirstWeights of(RunPlan plan, Configuration hadoop) throws IOException {
    Optional<String> init = plan.config().train().init();
    return init.isEmpty()
        ? new FirstWeights(plan.network().initialWeights(plan.config().train().seed()), List.of())
        : of(plan, WeightsFile.read(init.get(), hadoop));
  }

  private static FirstWeights of(RunPlan plan, WeightsFile file) throws IOException {
    try {
      StateDict.Start start =
          StateDict.loadForTuning(
              plan.network(),
              plan.config().train().seed(),
              file.finiteTensors(),
              file.otherClasses("the data", plan.classNames()).isPresent(),
              file.path().toString());
      return new FirstWeights(start.vector(), start.anew());
    } catch (IllegalArgumentException e) {
      throw new UserError("train.init: " + e.getMessage(), e);
    }
  }
}
