/**
 * Times training steps in one process without Spark: {@code convoy bench}. Runs what an executor
 * that is alone runs, on one fixed batch; knows no command line. {@link
 * dev.convoy.spark.bench.AllReduceBench} times the exchange between processes.
 */
package dev.convoy.spark.bench;
