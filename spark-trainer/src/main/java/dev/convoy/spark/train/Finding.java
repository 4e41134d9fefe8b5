package dev.convoy.spark.train;

/**
 * What a check before a run has found.
 *
 * @param verdict whether the run can take place
 * @param subject what was looked at, a word or two
 * @param sentence what was seen and, where something is wrong, how to mend it
 */
public record Finding(Verdict verdict, String subject, String sentence) {
  /** Whether a run can take place. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** It can, but slower or with more risk. */
    WARNS,
    /** It cannot. */
    FAILS
  }

  static Finding ok(String subject, String sentence) {
    return new Finding(Verdict.OK, subject, sentence);
  }

  static Finding warns(String subject, String sentence) {
    return new Finding(Verdict.WARNS, subject, sentence);
  }

  static Finding fails(String subject, String sentence) {
    return new Finding(Verdict.FAILS, subject, sentence);
  }
}
