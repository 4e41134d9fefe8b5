package dev.convoy.data.loader;

import dev.convoy.data.DataException;
import dev.convoy.tensor.Shape;
import java.io.IOException;

/**
 * The buffers between the threads that load and the workers that take. Microbatches are numbered in
 * the order in which they are loaded; number {@code n} goes through buffer {@code n mod size}:
 *
 * <pre>
 *   EMPTY --claim--> FILLING --publish--> READY --take--> TAKEN --release--> EMPTY, for n + size
 * </pre>
 *
 * <p>A plain monitor, since waiting on it allocates nothing and a microbatch costs far more than
 * its lock.
 */
final class MicrobatchRing {
  private enum State {
    EMPTY,
    FILLING,
    READY,
    TAKEN
  }

  private static final class Slot {
    private final Microbatch batch;
    private long number;
    private State state = State.EMPTY;

    Slot(Microbatch batch, long number) {
      this.batch = batch;
      this.number = number;
    }

    boolean is(long wanted, State wantedState) {
      return number == wanted && state == wantedState;
    }
  }

  private final Slot[] slots;
  private Throwable failure;
  private boolean closed;
  private long waitNanos;

  MicrobatchRing(int size, Shape shape, int microbatchSize, int views) {
    slots = new Slot[size];
    for (int i = 0; i < size; i++) {
      slots[i] = new Slot(new Microbatch(i, shape, microbatchSize, views), i);
    }
  }

  /** Waits until the buffer of that number is empty; null once the ring is closed. */
  synchronized Microbatch claim(long number) throws InterruptedException {
    Slot slot = slot(number);
    while (!closed && !slot.is(number, State.EMPTY)) {
      wait();
    }
    if (closed) {
      return null;
    }
    slot.state = State.FILLING;
    return slot.batch;
  }

  synchronized void publish(Microbatch batch) {
    slots[batch.slot].state = State.READY;
    notifyAll();
  }

  /** Waits for the microbatch of that number. */
  synchronized Microbatch take(long number) throws IOException, InterruptedException {
    Slot slot = slot(number);
    if (closed || !slot.is(number, State.READY)) {
      await(slot, number);
    }
    slot.state = State.TAKEN;
    return slot.batch;
  }

  synchronized void release(Microbatch batch) {
    Slot slot = slots[batch.slot];
    if (slot.batch != batch || slot.state != State.TAKEN) {
      throw new IllegalStateException("a microbatch was given back that nobody has taken");
    }
    slot.number += slots.length;
    slot.state = State.EMPTY;
    notifyAll();
  }

  synchronized void fail(Throwable problem) {
    if (failure == null) {
      failure = problem;
    }
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized long waitNanos() {
    return waitNanos;
  }

  private Slot slot(long number) {
    return slots[(int) (number % slots.length)];
  }

  private void await(Slot slot, long number) throws IOException, InterruptedException {
    long began = System.nanoTime();
    try {
      do {
        refuseToWaitInVain(slot, number);
        wait();
      } while (closed || !slot.is(number, State.READY));
    } finally {
      waitNanos += System.nanoTime() - began;
    }
  }

  private void refuseToWaitInVain(Slot slot, long number) throws IOException {
    if (closed) {
      throw new IllegalStateException("the loader is closed");
    }
    if (slot.number > number || slot.is(number, State.TAKEN)) {
      throw new IllegalStateException("a microbatch was asked for twice");
    }
    if (failure instanceof DataException) {
      throw new DataException(failure.getMessage(), failure);
    }
    if (failure != null) {
      throw new IOException("loading a microbatch failed: " + failure, failure);
    }
  }
}
