package dev.convoy.spark.sync;

/** Computes the gradient of one virtual node's microbatch. */
@FunctionalInterface
public interface NodeGradient {
  /**
   * Forward and backward.
   *
   * @param worker the worker thread that runs it
   * @param step counted from 0 over the whole run
   * @param node the virtual node
   * @param weights the flat vector it computes with
   * @param gradient the flat vector it overwrites
   */
  void compute(int worker, long step, int node, float[] weights, float[] gradient) throws Exception;
}
