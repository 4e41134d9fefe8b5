package dev.convoy.spark.train;

/** How a command ends; scripts rely on the numbers. */
public enum ExitStatus {
  DONE(0, "done"),
  FAILED(1, "failed; the log has the details"),
  WRONG_USE(2, "wrong use: an argument, a configuration or an input that is refused"),
  DIVERGED(3, "the training diverged: its loss is not finite");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
