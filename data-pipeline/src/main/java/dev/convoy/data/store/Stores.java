package dev.convoy.data.store;

import dev.convoy.data.DataException;
import dev.convoy.data.StoragePath;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first access to a store that a user has named: tells after some seconds that it is waited
 * for, and turns what Hadoop's clients throw of a store that is away into one sentence with its
 * address.
 */
public final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REMINDER = Duration.ofSeconds(30);

  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private static volatile Consumer<String> notices = LOG::warn;

  private Stores() {}

  /** What is asked of a store. */
  @FunctionalInterface
  public interface Call<T> {
    /**
     * Asks the store.
     *
     * @param path qualified: with the store's scheme and address
     */
    T on(FileSystem files, Path path) throws IOException;
  }

  /** What is written into a store. */
  @FunctionalInterface
  public interface Writing<T> {
    T run() throws IOException;
  }

  /** Tells {@code to} from now on what is waited for, instead of the log. */
  public static void tell(Consumer<String> to) {
    notices = to;
  }

  /**
   * Asks the store of a path or URI.
   *
   * @throws DataException if it is the wrong one: an unknown host, no bucket, no credentials
   * @throws StoreException if it cannot be reached
   * @throws IOException of any other kind as it is, such as a file that is not there
   */
  public static <T> T ask(Configuration hadoop, String uri, Call<T> call) throws IOException {
    Path given = StoragePath.of(uri);
    FileSystem files = StoragePath.fileSystem(given, hadoop);
    Path path = files.makeQualified(given);
    Optional<ScheduledFuture<?>> reminder = remind(files);
    try {
      return call.on(files, path);
    } catch (IOException e) {
      Optional<StoreFault> fault = StoreFault.of(e);
      // Where a file may not be read or a disk is full, the caller can say more about it.
      if (fault.isEmpty() || fault.get() == StoreFault.FULL || fault.get() == StoreFault.DENIED) {
        throw e;
      }
      throw translated(fault.get(), given, files.getUri(), FileSystem.getDefaultUri(hadoop), e);
    } finally {
      reminder.ifPresent(future -> future.cancel(false));
    }
  }

  /**
   * Writes, and says which folder it was if there is no more room.
   *
   * @throws StoreException if the disk is full, or the quota used up
   */
  public static <T> T writing(Path folder, Writing<T> writing) throws IOException {
    try {
      return writing.run();
    } catch (IOException | FSError e) { // Hadoop's local file system throws the error
      if (!(e instanceof StoreException) && isFull(e)) {
        throw new StoreException("the disk of " + folder + " is full", e);
      }
      throw e;
    }
  }

  /** Returns whether a failure says that there is no more room. */
  public static boolean isFull(Throwable failure) {
    return StoreFault.of(failure).filter(fault -> fault == StoreFault.FULL).isPresent();
  }

  private static IOException translated(
      StoreFault fault, Path given, URI store, URI byDefault, Exception cause) {
    String sentence = fault.sentence(address(given, store)) + hint(given, store, byDefault);
    if (fault.isMistake()) {
      throw new DataException(sentence, cause);
    }
    return new StoreException(sentence, cause);
  }

  /**
   * Returns a hint where the store is that of {@code fs.defaultFS}, of which the user may not know;
   * the path may have been qualified since.
   */
  private static String hint(Path given, URI store, URI byDefault) {
    boolean plain = given.toUri().getScheme() == null || store.equals(byDefault);
    String path = given.toUri().getPath();
    return plain && !"file".equals(store.getScheme())
        ? String.format(
            Locale.ROOT,
            " (fs.defaultFS puts the path %s there; file://%s names it on this machine)",
            path,
            new File(path).getAbsolutePath())
        : "";
  }

  private static String address(Path given, URI store) {
    URI uri = given.toUri();
    return uri.getScheme() == null || uri.getAuthority() == null
        ? store + (given.isAbsolute() ? uri.getPath() : "")
        : given.toString();
  }

  private static Optional<ScheduledFuture<?>> remind(FileSystem files) {
    if ("file".equals(files.getUri().getScheme())) {
      return Optional.empty();
    }
    return Optional.of(
        CLOCK.scheduleAtFixedRate(
            () -> notices.accept("waiting for " + files.getUri() + " …"),
            CONNECT_TIMEOUT.toMillis(),
            REMINDER.toMillis(),
            TimeUnit.MILLISECONDS));
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "convoy-store-reminder");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
