package dev.convoy.spark.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What ran, as far as one needs it to run the same again. */
public record Versions(String convoy, String java, String spark, String os, String arch) {
  /** Returns this process, with the version of Spark that the caller knows. */
  public static Versions here(String spark) {
    return new Versions(
        ofConvoy(),
        Runtime.version() + " (" + System.getProperty("java.vm.vendor") + ")",
        spark,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }

  /** Returns the version of Convoy, which the build takes from the POM. */
  public static String ofConvoy() {
    try (InputStream text = Versions.class.getResourceAsStream("version.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
