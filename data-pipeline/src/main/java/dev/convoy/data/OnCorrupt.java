package dev.convoy.data;

/** What is done about an image that cannot be used. */
public enum OnCorrupt {
  /** The job ends with a sentence that names it. */
  FAIL,
  /** The job goes on without it, and counts it. */
  SKIP
}
