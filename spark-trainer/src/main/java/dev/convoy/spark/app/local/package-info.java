/**
 * The commands that run in one process without Spark (describe, inspect, predict, export, digest,
 * bench and verify), and the tables that they print.
 */
package dev.convoy.spark.app.local;
