package dev.convoy.spark.config;

/**
 * A mistake of the user's, told in one sentence: what is wrong, where, and what is allowed. The
 * command line prints the sentence without a stack trace and exits with status 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String sentence) {
    super(sentence);
  }

  public UserError(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
