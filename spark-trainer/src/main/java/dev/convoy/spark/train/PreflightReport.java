package dev.convoy.spark.train;

import java.util.List;

/**
 * What an executor tells of itself before a run.
 *
 * @param host as Spark knows it
 * @param java version of its JVM
 * @param clockMillis its clock, when all executors had met
 * @param findings what it has found
 */
public record PreflightReport(String host, String java, long clockMillis, List<Finding> findings) {}
