package dev.convoy.spark.verify;

/** The norm of a difference over the norm of what is right, in double precision. */
final class RelativeError {
  private RelativeError() {}

  /**
   * Returns the error: 0 where both are zero, infinite where only {@code right} is or a value is
   * not a number.
   */
  static double l2(float[] values, float[] right) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < right.length; i++) {
      double d = (double) values[i] - right[i];
      difference += d * d;
      norm += (double) right[i] * right[i];
    }
    if (difference == 0) {
      return 0;
    }
    double error = Math.sqrt(difference) / Math.sqrt(norm);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }
}
