package dev.convoy.nn;

/**
 * One microbatch on its way through a replica.
 *
 * @param images how many images are in use, at most the replica's capacity
 * @param weights the network's flat vector
 * @param gradients the flat vector that backward fills; null in evaluation
 */
public record Pass(int images, float[] weights, float[] gradients) {
  /** Forward only. */
  public static Pass evaluation(int images, float[] weights) {
    return new Pass(images, weights, null);
  }
}
