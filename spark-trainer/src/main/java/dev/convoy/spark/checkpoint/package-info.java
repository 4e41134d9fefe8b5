/**
 * Checkpoints: a folder a checkpoint, with the weights, the optimizer's state in slices as its
 * owners hold it, and {@code state.json}; published by one rename. May use Hadoop, the networks'
 * tensors and their safetensors.
 */
package dev.convoy.spark.checkpoint;
