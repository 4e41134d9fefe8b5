package dev.convoy.kernel;

/**
 * What the kernels of one replica work in: how much they must be able to take, and memory. Kernels
 * reserve their scratch memory when they are made; it is one array, for they run one after another.
 */
public final class Workspace {
  private final int images;
  private final int workers;
  private final boolean constantWeights;
  private int reserved;
  private volatile float[] scratch;
  private long kept;

  /**
   * @param images capacity, of all virtual nodes together
   * @param workers that share each kernel's work
   * @param constantWeights whether weights never change, so that what is derived from them can be
   *     kept
   */
  public Workspace(int images, int workers, boolean constantWeights) {
    this.images = images;
    this.workers = workers;
    this.constantWeights = constantWeights;
  }

  /** For training by one worker. */
  public static Workspace of(int images) {
    return new Workspace(images, 1, false);
  }

  /** Capacity in images. */
  public int images() {
    return images;
  }

  /** How many workers share the work. */
  public int workers() {
    return workers;
  }

  /** Whether weights never change. */
  public boolean constantWeights() {
    return constantWeights;
  }

  /** Asks for so much scratch memory, shared by all workers. */
  public void reserve(int floats) {
    if (scratch != null && floats > scratch.length) {
      throw new IllegalStateException("scratch memory must be reserved before it is used");
    }
    reserved = Math.max(reserved, floats);
  }

  /**
   * The scratch memory, one for all workers; what another kernel left in it is undefined. So the
   * caller puts a barrier between one kernel call and the next.
   */
  public float[] scratch() {
    return scratch == null ? allocate() : scratch;
  }

  /** Workers that come at the same time must not each get memory of their own. */
  private synchronized float[] allocate() {
    if (scratch == null) {
      scratch = new float[reserved];
    }
    return scratch;
  }

  /** Memory of a kernel's own, which holds its contents between calls. */
  public float[] keep(int floats) {
    kept += (long) floats * Float.BYTES;
    return new float[floats];
  }

  /** Bytes of scratch memory. */
  public long scratchBytes() {
    return (long) reserved * Float.BYTES;
  }

  /** Bytes that kernels keep. */
  public long keptBytes() {
    return kept;
  }
}
