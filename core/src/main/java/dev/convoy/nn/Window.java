package dev.convoy.nn;

/**
 * The window that a layer slides over its input, for the table of {@code convoy describe}.
 *
 * @param height rows
 * @param width columns
 * @param stride its step
 * @param padding zeros around the input
 */
public record Window(int height, int width, int stride, int padding) {
  /** Returns the size as tables print it: {@code 5x5}. */
  public String size() {
    return height + "x" + width;
  }
}
