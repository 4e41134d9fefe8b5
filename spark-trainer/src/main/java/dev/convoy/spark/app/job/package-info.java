/**
 * The commands that the launcher hands to Spark: train, evaluate, prepare and doctor. Each is a
 * {@link dev.convoy.spark.app.job.SparkCommand}.
 */
package dev.convoy.spark.app.job;
