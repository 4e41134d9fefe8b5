/**
 * Training: the plan of a run, the loop ({@link dev.convoy.spark.train.TrainingLoop}), what a
 * virtual node computes, validation, and the Spark job around them. Brings all other packages
 * together; only the command line knows it.
 */
package dev.convoy.spark.train;
