package dev.convoy.spark.storage;

import dev.convoy.spark.config.UserError;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one process at a time to write into a folder: a file that names the process, which
 * renews it while it lives.
 *
 * <p>A lease that was renewed within the last minute is respected. One whose process is known to be
 * gone from this machine, or that seems to be older, is taken over; in the second case only after
 * it was watched for longer than two renewals take, for the holder's clock may be slow. Where a
 * store cannot make a file atomically, and after every taking over, the content is read back after
 * a while: of two who wrote at the same time, the one who finds the other's name gives way.
 *
 * <p>A holder that was suspended for longer learns from the file that it is another's by now; it
 * asks before it writes what others must not see from two writers.
 */
public final class Lease implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /**
   * The intervals and time-outs of a lease.
   *
   * @param renewal between two renewals
   * @param expiry after the last one
   * @param watch how long one that seems expired is watched
   * @param settling until a file that was written is read back
   */
  record Times(Duration renewal, Duration expiry, Duration watch, Duration settling) {
    static final Times USUAL =
        new Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(25),
            Duration.ofSeconds(2));
  }

  /** How messages name the folder, and what they advise where another process holds its lease. */
  public record Terms(String folder, String command, String advice) {}

  private final LeaseFile file;
  private final Terms terms;
  private final Times times;
  private final ScheduledExecutorService clock;
  private volatile LeaseHolder self;
  private volatile LeaseLostException loss;
  private Runnable whenLost = () -> {};

  private Lease(LeaseFile file, Terms terms, Times times, LeaseHolder self) {
    this.file = file;
    this.terms = terms;
    this.times = times;
    this.self = self;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "convoy-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the lease.
   *
   * @param notices gets a sentence where this takes a while
   * @throws UserError if another process has it, naming that
   */
  public static Lease take(FileSystem files, Path path, Terms terms, Consumer<String> notices)
      throws IOException {
    return take(new LeaseFile(files, path), terms, Times.USUAL, notices);
  }

  static Lease take(LeaseFile file, Terms terms, Times times, Consumer<String> notices)
      throws IOException {
    LeaseHolder self = LeaseHolder.here(terms.command());
    Lease lease = new Lease(file, terms, times, self);
    lease.take(notices);
    long millis = times.renewal().toMillis();
    // It ends with the executor, and catches what it throws.
    var unused =
        lease.clock.scheduleWithFixedDelay(lease::renew, millis, millis, TimeUnit.MILLISECONDS);
    return lease;
  }

  /**
   * Refuses if another process seems to have the lease, and leaves everything as it is.
   *
   * @throws UserError naming the holder
   */
  public static void check(FileSystem files, Path path, Terms terms) throws IOException {
    Optional<LeaseHolder> holder = new LeaseFile(files, path).read();
    if (holder.isPresent() && isFresh(holder.get(), Times.USUAL)) {
      throw refusal(terms, holder.get(), Times.USUAL);
    }
  }

  private void take(Consumer<String> notices) throws IOException {
    if (file.make(self.toJson())) {
      if (!file.isMadeAtomically()) {
        requireOwnAfterSettling();
      }
      return;
    }
    Optional<LeaseHolder> other = file.read();
    if (other.isPresent() && isFresh(other.get(), times)) {
      throw refusal(terms, other.get(), times);
    }
    if (other.isEmpty() || !other.get().isKnownToBeDead()) {
      watch(other, notices);
    }
    other.ifPresent(
        dead ->
            notices.accept(
                String.format(
                    Locale.ROOT,
                    "%s was left by %s, which ended without releasing it",
                    terms.folder(),
                    dead)));
    file.replace(self.toJson());
    requireOwnAfterSettling();
  }

  /** Returns whether the holder is to be taken for alive without waiting. */
  private static boolean isFresh(LeaseHolder holder, Times times) {
    Duration age = Duration.between(holder.renewed(), Instant.now());
    // A clock that is far ahead says nothing of when the lease was renewed.
    boolean ahead = age.compareTo(times.renewal().negated()) < 0;
    return !holder.isKnownToBeDead() && !ahead && age.compareTo(times.expiry()) < 0;
  }

  /** Returns if nobody renews the lease. */
  private void watch(Optional<LeaseHolder> before, Consumer<String> notices) throws IOException {
    notices.accept(
        String.format(
            Locale.ROOT,
            "waiting %d s to see whether %s is still in use by %s",
            times.watch().toSeconds(),
            terms.folder(),
            before.map(LeaseHolder::toString).orElse("another process")));
    long deadline = System.nanoTime() + times.watch().toNanos();
    while (System.nanoTime() < deadline) {
      pause(times.renewal().dividedBy(5));
      Optional<LeaseHolder> now = file.read();
      if (now.isPresent() && !now.equals(before)) {
        throw refusal(terms, now.get(), times);
      }
    }
  }

  private void requireOwnAfterSettling() throws IOException {
    pause(times.settling());
    Optional<LeaseHolder> holder = file.read();
    if (holder.isPresent() && !holder.get().token().equals(self.token())) {
      throw refusal(terms, holder.get(), times);
    }
  }

  private static UserError refusal(Terms terms, LeaseHolder holder, Times times) {
    return new UserError(
        String.format(
            Locale.ROOT,
            "%s is in use by %s; %s (if that process is gone, try again in %d s)",
            terms.folder(),
            holder,
            terms.advice(),
            times.expiry().toSeconds()));
  }

  private void renew() {
    try {
      requireHeld();
      LeaseHolder renewed = self.renewedNow();
      file.replace(renewed.toJson());
      self = renewed;
    } catch (LeaseLostException e) {
      clock.shutdown();
      synchronized (this) {
        whenLost.run();
      }
    } catch (IOException | RuntimeException e) {
      // The store may be back at the next renewal, and the lease still be there.
      LOG.warn("the lease {} could not be renewed", file.path(), e);
    }
  }

  /** Runs {@code action}, on another thread, when another process turns out to have the lease. */
  public synchronized void whenLost(Runnable action) {
    whenLost = action;
  }

  /**
   * Returns what proves, to {@link #requireHeld(FileSystem, Path, String)}, that this holder is
   * meant.
   */
  public String token() {
    return self.token();
  }

  /**
   * Asks before something is written.
   *
   * @throws LeaseLostException if another process has the lease by now
   */
  public void requireHeld() throws IOException {
    if (loss == null) {
      try {
        requireHeld(file, self.token());
      } catch (LeaseLostException e) {
        loss = e;
      }
    }
    if (loss != null) {
      throw loss;
    }
  }

  /**
   * Asks the same on another machine, for the process that has the lease.
   *
   * @throws LeaseLostException if another process has the lease by now
   */
  public static void requireHeld(FileSystem files, Path path, String token) throws IOException {
    requireHeld(new LeaseFile(files, path), token);
  }

  private static void requireHeld(LeaseFile file, String token) throws IOException {
    Optional<LeaseHolder> holder = file.read();
    if (holder.isEmpty() || !holder.get().token().equals(token)) {
      throw new LeaseLostException(
          String.format(
              Locale.ROOT,
              "%s is no longer this run's: it is in use by %s, so nothing more is written",
              file.path().getParent(),
              holder.map(LeaseHolder::toString).orElse("nobody, for the lease was removed")));
    }
  }

  /** Gives the lease back, unless another process has taken it. */
  @Override
  public void close() {
    clock.shutdown();
    try {
      // A renewal that is under way must not bring the file back.
      clock.awaitTermination(times.expiry().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (file.read().filter(h -> h.token().equals(self.token())).isPresent()) {
        file.delete();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the lease {} could not be deleted; it expires by itself", file.path(), e);
    }
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a lease", e);
    }
  }
}
