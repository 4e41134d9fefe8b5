/**
 * The commands that the launcher hands to Spark: train, evaluate and prepare. Each is a {@link
 * dev.convoy.spark.app.job.SparkCommand}.
 */
package dev.convoy.spark.app.job;
