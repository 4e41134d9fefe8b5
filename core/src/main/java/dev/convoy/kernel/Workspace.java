package dev.convoy.kernel;

/**
 * The capacity and the memory that the kernels of one replica share. Kernels reserve scratch memory
 * when they are made; it is one array for all of them, because they run one after another.
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

  /** Makes a workspace for training by one worker. */
  public static Workspace of(int images) {
    return new Workspace(images, 1, false);
  }

  /** Returns the capacity in images. */
  public int images() {
    return images;
  }

  /** Returns how many workers share the work. */
  public int workers() {
    return workers;
  }

  /** Returns whether weights never change. */
  public boolean constantWeights() {
    return constantWeights;
  }

  /** Reserves scratch memory, which all workers share. */
  public void reserve(int floats) {
    if (scratch != null && floats > scratch.length) {
      throw new IllegalStateException("scratch memory must be reserved before it is used");
    }
    reserved = Math.max(reserved, floats);
  }

  /**
   * Returns the scratch memory, one array for all workers and kernels, whose contents are undefined
   * when a kernel begins. So the caller puts a barrier between one kernel call and the next.
   */
  public float[] scratch() {
    return scratch == null ? allocate() : scratch;
  }

  /** Allocates the scratch memory once, though several workers may ask for it at the same time. */
  private synchronized float[] allocate() {
    if (scratch == null) {
      scratch = new float[reserved];
    }
    return scratch;
  }

  /** Allocates memory of a kernel's own, which keeps its contents between calls. */
  public float[] keep(int floats) {
    kept += (long) floats * Float.BYTES;
    return new float[floats];
  }

  /** Returns the bytes of scratch memory. */
  public long scratchBytes() {
    return (long) reserved * Float.BYTES;
  }

  /** Returns the bytes that kernels keep. */
  public long keptBytes() {
    return kept;
  }
}
