package dev.convoy.spark.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lease keeps of its word, on any file system; a test of one only says which. */
public abstract class LeaseContract {
  /** A hundredth of what is usual, but for what a store itself takes. */
  private static final Lease.Times FAST =
      new Lease.Times(
          Duration.ofMillis(200),
          Duration.ofMillis(1200),
          Duration.ofMillis(800),
          Duration.ofMillis(300));

  private static final Lease.Terms TERMS =
      new Lease.Terms("the folder", "convoy test", "wait for its end");

  private final List<String> notices = new ArrayList<>();
  private FileSystem files;
  private Path path;

  /** Hadoop's settings for the file system, and a new folder on it. */
  protected abstract Configuration hadoop();

  protected abstract String folder();

  @BeforeEach
  void open() throws IOException {
    path = new Path(folder(), ".lease");
    files = path.getFileSystem(hadoop());
  }

  private Lease take() throws IOException {
    return Lease.take(new LeaseFile(files, path), TERMS, FAST, notices::add);
  }

  private LeaseHolder holder() throws IOException {
    return new LeaseFile(files, path).read().orElseThrow();
  }

  /** Another process's lease, renewed so long ago. */
  private LeaseHolder other(String machine, long process, Duration ago) {
    LeaseHolder here = LeaseHolder.here("convoy other");
    Instant then = Instant.now().minus(ago);
    return new LeaseHolder(
        "another",
        "convoy other",
        here.user(),
        "elsewhere",
        machine,
        process,
        Instant.EPOCH,
        then,
        then);
  }

  private void write(byte[] content) throws IOException {
    try (OutputStream out = files.create(path, true)) {
      out.write(content);
    }
  }

  @Test
  void whoeverHasItIsNamedToTheSecond() throws IOException {
    try (Lease lease = take()) {
      UserError e = assertThrows(UserError.class, this::take);
      LeaseHolder here = LeaseHolder.here("convoy test");
      assertTrue(e.getMessage().startsWith("the folder is in use by convoy test of "), e::toString);
      assertTrue(e.getMessage().contains(here.user() + " on " + here.host()), e::toString);
      assertTrue(e.getMessage().contains("(process " + here.process() + ", since "), e::toString);
      assertTrue(e.getMessage().contains("; wait for its end"), e::toString);
      lease.requireHeld();
    }
    assertFalse(files.exists(path));
    take().close();
  }

  @Test
  void itIsRenewedWhileItsHolderLives() throws Exception {
    try (Lease lease = take()) {
      Instant first = holder().renewed();
      Thread.sleep(FAST.expiry().plus(FAST.renewal()).toMillis());
      assertNotEquals(first, holder().renewed());
      assertThrows(UserError.class, this::take);
      lease.requireHeld();
    }
  }

  @Test
  void aProcessThatIsGoneFromThisMachineHasItNoLonger() throws IOException {
    LeaseHolder here = LeaseHolder.here("convoy other");
    write(other(here.machine(), here.process(), Duration.ZERO).toJson());
    long start = System.nanoTime();
    try (Lease lease = take()) {
      assertTrue(System.nanoTime() - start < FAST.watch().toNanos() + FAST.settling().toNanos());
      assertEquals(1, notices.size(), notices::toString);
      assertTrue(notices.get(0).contains("ended without releasing it"), notices::toString);
      assertEquals(lease.token(), holder().token());
    }
  }

  @Test
  void oneFromElsewhereIsRespectedUntilItExpires() throws IOException {
    write(other("another machine", 1, Duration.ZERO).toJson());
    assertThrows(UserError.class, this::take);
    write(other("another machine", 1, FAST.expiry().plusSeconds(60)).toJson());
    try (Lease lease = take()) {
      assertTrue(notices.get(0).startsWith("waiting "), notices::toString);
      assertEquals(lease.token(), holder().token());
    }
  }

  @Test
  void aClockThatIsSlowOrFastDoesNotMakeALivingHolderDead() throws Exception {
    for (int minutes : new int[] {-30, 30}) {
      LeaseHolder other = other("another machine", 1, Duration.ofMinutes(minutes));
      write(other.toJson());
      ExecutorService alive = Executors.newSingleThreadExecutor();
      try {
        Future<?> renewal =
            alive.submit(
                () -> {
                  Thread.sleep(FAST.watch().dividedBy(3).toMillis());
                  new LeaseFile(files, path)
                      .replace(
                          other("another machine", 1, Duration.ofMinutes(minutes).minusMillis(200))
                              .toJson());
                  return null;
                });
        assertThrows(UserError.class, this::take);
        renewal.get();
      } finally {
        alive.shutdown();
      }
    }
  }

  @Test
  void aFileThatACrashHasCutExpires() throws IOException {
    write(new byte[0]);
    try (Lease lease = take()) {
      lease.requireHeld();
    }
    write("{\"token\": \"a".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (Lease lease = take()) {
      lease.requireHeld();
    }
  }

  @Test
  void aHolderThatWasReplacedWhileItSleptLearnsOfItAndLeavesTheOthersAlone() throws Exception {
    Lease lease = take();
    CountDownLatch lost = new CountDownLatch(1);
    lease.whenLost(lost::countDown);
    write(other("another machine", 1, Duration.ZERO).toJson());
    assertTrue(lost.await(10, TimeUnit.SECONDS));
    LeaseLostException e = assertThrows(LeaseLostException.class, lease::requireHeld);
    assertTrue(e.getMessage().contains("in use by convoy other of "), e::toString);
    lease.close();
    assertEquals("another", holder().token());
  }

  @Test
  void ofManyWhoTakeItAtOnceOneHasIt() throws Exception {
    for (boolean expired : new boolean[] {false, true}) {
      files.delete(path, false);
      if (expired) {
        write(other("another machine", 1, FAST.expiry().plusSeconds(60)).toJson());
      }
      ExecutorService all = Executors.newFixedThreadPool(6);
      try {
        Callable<Lease> one =
            () -> {
              try {
                return Lease.take(new LeaseFile(files, path), TERMS, FAST, notice -> {});
              } catch (UserError e) {
                return null;
              }
            };
        List<Lease> taken = new ArrayList<>();
        for (Future<Lease> future : all.invokeAll(List.of(one, one, one, one, one, one))) {
          if (future.get() != null) {
            taken.add(future.get());
          }
        }
        assertEquals(1, taken.size());
        taken.get(0).requireHeld();
        taken.get(0).close();
      } finally {
        all.shutdown();
      }
    }
  }

  @Test
  void itIsReadWhileItsHolderRenewsIt() throws Exception {
    LeaseFile file = new LeaseFile(files, path);
    byte[] content = other("another machine", 1, Duration.ZERO).toJson();
    write(content);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService holder = Executors.newSingleThreadExecutor();
    try {
      Future<?> renewals =
          holder.submit(
              () -> {
                while (!done.get()) {
                  file.replace(content);
                  Thread.sleep(20);
                }
                return null;
              });
      for (int i = 0; i < 100; i++) {
        assertEquals("another", file.read().orElseThrow().token());
      }
      done.set(true);
      renewals.get();
    } finally {
      done.set(true);
      holder.shutdown();
    }
  }
}
