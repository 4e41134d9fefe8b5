/**
 * Times training steps in one process without Spark: {@code convoy bench}. Runs what an executor
 * that is alone runs, on one fixed batch; knows no command line.
 */
package dev.convoy.spark.bench;
