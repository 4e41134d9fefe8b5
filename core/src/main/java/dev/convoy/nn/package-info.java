/**
 * Networks: layers, the graph they form, and what runs it.
 *
 * <ul>
 *   <li>A {@link dev.convoy.nn.Layer} is a description, one file each, named as in the papers. It
 *       infers shapes, asks for {@linkplain dev.convoy.nn.ParameterSpec parameters} and makes a
 *       {@link dev.convoy.nn.BoundLayer} that runs.
 *   <li>{@link dev.convoy.nn.Network} is an immutable graph of layers; {@link
 *       dev.convoy.nn.NetworkBuilder} builds one. All parameters lie in one flat vector.
 *   <li>{@link dev.convoy.nn.Replica} holds the buffers of one batch and runs a network forward and
 *       backward. {@code MemoryPlan} decides where buffers lie, {@link dev.convoy.nn.FusionPlan}
 *       which layers share a pass over the data.
 *   <li>{@link dev.convoy.nn.StateDict} gives weights torchvision's names and order; {@link
 *       dev.convoy.nn.NetworkTable} and {@link dev.convoy.nn.MemoryTable} are for people.
 * </ul>
 *
 * <p>May use tensors, kernels, weights' names and random numbers; knows nothing of data, losses,
 * optimizers or Spark.
 */
package dev.convoy.nn;
