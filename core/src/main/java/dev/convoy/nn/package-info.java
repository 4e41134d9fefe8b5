/**
 * Networks: layers (one file each, named as in the papers), the graph they form, the shapes they
 * infer, the parameters they hold in one flat vector, and the {@link dev.convoy.nn.Replica} that
 * runs them. May use tensors, kernels and random numbers; knows nothing of data, losses, optimizers
 * or Spark.
 */
package dev.convoy.nn;
