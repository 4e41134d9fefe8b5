package dev.convoy.spark.it.chaos;

import java.time.Duration;

/** How a run got over a fault. */
record Recovery(String kind, Duration took, long redone) {}
