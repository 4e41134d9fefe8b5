package dev.convoy.spark.cluster;

/** The version of Java that an executor runs. */
public record JavaVersion() implements ExecutorTask<String> {
  @Override
  public String run() {
    return Runtime.version().toString();
  }
}
