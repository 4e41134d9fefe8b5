package dev.convoy.nn;

import dev.convoy.tensor.Layout;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Where the values and gradients of a replica lie. Values that a layer replaces in place, and parts
 * of a concatenation, lie in one buffer; so do a gradient and that of the layer's output, where the
 * layer can write the one over the other. Buffers that are not needed at the same time share a
 * slot, which is one array: buffers are taken from the largest to the smallest, and each gets the
 * smallest slot that is free while it is needed, or a new one (Pisarchyk and Lee 2020, algorithm
 * 2).
 *
 * <p>A layer that writes a value writes the padding of its channels too, because another buffer's
 * contents may be there.
 */
final class MemoryPlan {
  /** The longest array that a JVM allocates. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  private final Network network;
  private final int images;
  private final Purpose purpose;
  private final Aliases values;
  private final Aliases gradients;
  private final Liveness liveness;
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<List<Buffer>> slots = new ArrayList<>();

  /** Slots of values and gradients, by the number of a root; negative where there is none. */
  private final int[] valueSlots;

  private final int[] gradientSlots;

  /**
   * Makes a plan.
   *
   * @param images capacity
   * @param sharing whether buffers share slots; without, each has its own
   * @throws IllegalArgumentException if layers cannot work in place where they must, or one buffer
   *     is too large for an array
   */
  MemoryPlan(Network network, int images, Purpose purpose, boolean sharing) {
    this.network = network;
    this.images = images;
    this.purpose = purpose;
    values = ValueAliases.of(network);
    gradients = ValueAliases.ofGradients(network, values);
    liveness = new Liveness(network, purpose);
    int count = network.nodes().size() + 1;
    for (int value = 0; value < count; value++) {
      if (exists(value) && values.isRoot(value)) {
        buffers.add(buffer(value, false));
      }
      if (hasGradient(value) && gradients.isRoot(value)) {
        buffers.add(buffer(value, true));
      }
    }
    assign(sharing);
    valueSlots = IntStream.range(0, count).map(value -> slot(value, false)).toArray();
    gradientSlots = IntStream.range(0, count).map(value -> slot(value, true)).toArray();
  }

  private boolean exists(int value) {
    return value == 0 || purpose.trains() || network.servesMainHead(value - 1);
  }

  private boolean hasGradient(int value) {
    return value == 0 ? purpose == Purpose.TRAINING_WITH_INPUT_GRADIENT : purpose.trains();
  }

  private Buffer buffer(int root, boolean gradient) {
    Aliases aliases = gradient ? gradients : values;
    int from = Integer.MAX_VALUE;
    int to = Integer.MIN_VALUE;
    for (int value = 0; value <= network.nodes().size(); value++) {
      if (exists(value) && aliases.root(value) == root) {
        from = Math.min(from, gradient ? liveness.gradientFirst(value) : liveness.first(value));
        to = Math.max(to, gradient ? liveness.gradientLast(value) : liveness.last(value));
      }
    }
    boolean callers = root == 0 || network.heads().contains(root);
    return new Buffer(root, gradient, floats(root, gradient), from, to, !callers);
  }

  private int floats(int root, boolean gradient) {
    Shape shape = network.shape(root);
    long floats = Layout.ALIGNMENT + (long) images * shape.pixels() * stride(root, gradient);
    if (floats > LARGEST) {
      String what = root == 0 ? "its images" : "the output of " + name(root);
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s for %,d images at once: %s would need an array of %,d floats, but the longest has %,d; take smaller batches or more executors",
              network.name(),
              images,
              what,
              floats,
              LARGEST));
    }
    return (int) floats;
  }

  private String name(int value) {
    return network.nodes().get(value - 1).name();
  }

  /** Returns the floats from one pixel to the next: images come as they are, all else is padded. */
  private int stride(int root, boolean gradient) {
    int channels = network.shape(root).channels();
    return root == 0 && !gradient ? channels : Layout.padded(channels);
  }

  private void assign(boolean sharing) {
    List<Buffer> largestFirst = new ArrayList<>(buffers);
    largestFirst.sort(Comparator.comparingInt(Buffer::floats).reversed());
    for (Buffer buffer : largestFirst) {
      List<Buffer> best = null;
      for (List<Buffer> slot : slots) {
        // Slots are in descending order of size, so the last that is free is the smallest.
        best = sharing && isFree(slot, buffer) ? slot : best;
      }
      if (best == null) {
        best = new ArrayList<>();
        slots.add(best);
      }
      best.add(buffer);
    }
  }

  private static boolean isFree(List<Buffer> slot, Buffer buffer) {
    return buffer.shareable()
        && slot.stream().allMatch(there -> there.shareable() && !there.isNeededWith(buffer));
  }

  private int slot(int value, boolean gradient) {
    int root = (gradient ? gradients : values).root(value);
    for (int i = 0; i < slots.size(); i++) {
      for (Buffer buffer : slots.get(i)) {
        if (buffer.value() == root && buffer.gradient() == gradient) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Returns what the replica is for. */
  Purpose purpose() {
    return purpose;
  }

  /** Returns all buffers. */
  List<Buffer> buffers() {
    return buffers;
  }

  /** Returns what shares each slot. */
  List<List<Buffer>> slots() {
    return slots;
  }

  /** Returns the length of a slot in floats. */
  int slotLength(int slot) {
    return slots.get(slot).get(0).floats();
  }

  /** Returns the length of all slots in bytes. */
  long bytes() {
    return IntStream.range(0, slots.size()).mapToLong(this::slotLength).sum() * Float.BYTES;
  }

  /** Returns whether a root is read in the backward pass, or by the caller after it. */
  boolean isKept(int value) {
    return buffers.stream()
        .anyMatch(b -> b.value() == value && !b.gradient() && b.to() > liveness.turn());
  }

  /** Returns a value in the slots' arrays; null if this replica does not have it. */
  Tensor value(int value, float[][] memory) {
    return exists(value) ? tensor(value, false, values, memory[valueSlots[value]]) : null;
  }

  /** Returns a value's gradient; null if it is not needed. */
  Tensor gradient(int value, float[][] memory) {
    return hasGradient(value) ? tensor(value, true, gradients, memory[gradientSlots[value]]) : null;
  }

  private Tensor tensor(int value, boolean gradient, Aliases aliases, float[] data) {
    int stride = stride(aliases.root(value), gradient);
    int at = Layout.ALIGNMENT + aliases.firstChannel(value);
    return new Tensor(data, at, images, network.shape(value), stride);
  }
}
