/**
 * What a run tells about itself: metrics and events travel from the training task to the driver
 * through Spark's plugin API, and listeners there print them and write {@code metrics.jsonl},
 * TensorBoard's event file and {@code run.json}.
 *
 * <p>It may touch Spark's plugin API and serializer, Hadoop's {@code FileSystem}, Jackson and the
 * log. Of training it knows {@link dev.convoy.train.TimeShares} alone, nothing of configuration or
 * collectives; {@code .train} and {@code .app} call it. A new listener is one class that implements
 * {@link dev.convoy.spark.telemetry.RunListener}.
 */
package dev.convoy.spark.telemetry;
