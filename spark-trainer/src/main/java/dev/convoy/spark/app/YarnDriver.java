package dev.convoy.spark.app;

import dev.convoy.spark.app.text.ErrorLine;
import dev.convoy.spark.train.ExitStatus;

/**
 * The driver as a thread of YARN's application master, which takes a process that exits for one
 * that has failed: it ends by returning, or by an exception that tells YARN why.
 */
final class YarnDriver {
  private YarnDriver() {}

  /** Returns whether this process is the application master. */
  static boolean isThisProcess() {
    return System.getProperty("spark.yarn.app.id") != null
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** Ends the driver with an exit status. */
  static void end(int status) {
    if (status != ExitStatus.DONE.code()) {
      throw new Ended(ErrorLine.last());
    }
  }

  /** What YARN shows of a driver that has failed: its own last sentence, without a trace. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
