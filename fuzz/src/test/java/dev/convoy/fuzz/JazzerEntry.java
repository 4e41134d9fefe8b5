package dev.convoy.fuzz;

/** What Jazzer calls, in a process of {@link CoverageGuidedTest}. */
public final class JazzerEntry {
  /** The system property with the target's name. */
  static final String TARGET = "fuzz.target";

  private static ReaderContract contract;

  private JazzerEntry() {}

  /** Finds the target. */
  public static void fuzzerInitialize() {
    contract = new ReaderContract(FuzzTargets.named(System.getProperty(TARGET)));
  }

  /** Reads one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    contract.check(input);
  }
}
