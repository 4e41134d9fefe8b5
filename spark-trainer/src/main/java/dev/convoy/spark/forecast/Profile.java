package dev.convoy.spark.forecast;

/**
 * What was measured of a network on a machine: the constants of forecasts.
 *
 * @param format of the file
 * @param machine on which it was measured
 * @param date of the measurement
 * @param network its name
 * @param input shape of an image
 * @param floats in the flat vector
 * @param microbatch images of a virtual node
 * @param threads that computed
 * @param kernels that were used
 * @param few the step of one virtual node
 * @param more the step of several
 */
public record Profile(
    int format,
    String machine,
    String date,
    String network,
    String input,
    int floats,
    int microbatch,
    int threads,
    String kernels,
    StepTimes few,
    StepTimes more,
    ExchangeTimes exchange) {
  static final int FORMAT = 1;

  /** Returns how long a step with so many virtual nodes takes without any exchange. */
  StepTimes times(double nodes) {
    return few.at(nodes, more);
  }
}
