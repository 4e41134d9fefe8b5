/**
 * Forecasts how fast a configuration trains on many executors: {@code convoy forecast}. A {@link
 * dev.convoy.spark.forecast.Profile} has what was measured of a machine, {@link
 * dev.convoy.spark.forecast.StepSimulation} puts a step together from it. Runs no Spark and knows
 * no command line.
 */
package dev.convoy.spark.forecast;
