package dev.convoy.spark.telemetry;

/** What ran, as far as one needs it to run the same again. */
public record Versions(String convoy, String java, String spark, String os, String arch) {
  /** This process, with the versions of Convoy and Spark that the caller knows. */
  public static Versions here(String convoy, String spark) {
    return new Versions(
        convoy,
        Runtime.version() + " (" + System.getProperty("java.vm.vendor") + ")",
        spark,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }
}
