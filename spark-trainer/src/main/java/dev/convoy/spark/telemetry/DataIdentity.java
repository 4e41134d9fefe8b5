package dev.convoy.spark.telemetry;

import java.util.List;

/**
 * Which data a run has, wherever they are stored.
 *
 * @param training fingerprint of the training data
 * @param validation fingerprint of the validation data; empty in records of earlier versions
 * @param classNames in the order of the labels; empty in records of earlier versions
 */
public record DataIdentity(String training, String validation, List<String> classNames) {
  public DataIdentity {
    classNames = List.copyOf(classNames);
  }
}
