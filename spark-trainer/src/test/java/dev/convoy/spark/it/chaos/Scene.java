package dev.convoy.spark.it.chaos;

import java.util.Optional;

/**
 * What faults are done to.
 *
 * @param disk that has the output, if it can be filled up
 */
record Scene(ChaosCluster cluster, TrainingRun training, Optional<SmallDisk> disk) {}
