/**
 * Forward, loss and backward of the virtual nodes of one executor, by its team of workers: what
 * training on data and {@code convoy bench} have in common. May use networks, losses and {@link
 * dev.convoy.spark.sync}; knows neither where images come from nor Spark.
 */
package dev.convoy.spark.step;
