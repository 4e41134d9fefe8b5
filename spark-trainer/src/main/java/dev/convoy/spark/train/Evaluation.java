package dev.convoy.spark.train;

import dev.convoy.spark.config.ConvoyConfig;

/** The evaluation that {@code convoy evaluate} starts once its arguments are checked. */
@FunctionalInterface
public interface Evaluation {
  /**
   * Prints top-1 and top-5 on the validation data.
   *
   * @param weights a safetensors file, a path or any Hadoop file system URI
   * @throws dev.convoy.spark.config.UserError where the weights or the data are refused
   * @throws Exception where it failed; its message goes to the user, its trace to the log
   */
  void evaluate(ConvoyConfig config, String weights) throws Exception;
}
