package dev.convoy.spark.cluster;

import java.io.Serializable;

/** The work on one part of a job whose parts do not know of each other; its result is text. */
@FunctionalInterface
public interface PartFunction extends Serializable {
  /** Runs on an executor. */
  String call(int part) throws Exception;
}
