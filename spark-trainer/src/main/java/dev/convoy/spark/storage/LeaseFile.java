package dev.convoy.spark.storage;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/**
 * The file of a lease: created only if it does not exist, read, and replaced. Local files are
 * handled by Java itself, because Hadoop looks whether a file exists before it creates it, and
 * another process may come in between.
 */
final class LeaseFile {
  private static final int TRIES = 5;
  private static final long BETWEEN_TRIES_MILLIS = 100;
  private static final Set<String> HDFS_RACES =
      Set.of("AlreadyBeingCreatedException", "LeaseExpiredException", "FileNotFoundException");

  private final FileSystem files;
  private final Path path;
  private final java.nio.file.Path local;

  LeaseFile(FileSystem given, Path path) {
    files = RunFiles.plain(given);
    this.path = path;
    local = files instanceof RawLocalFileSystem raw ? raw.pathToFile(path).toPath() : null;
  }

  Path path() {
    return path;
  }

  /**
   * Returns whether two processes that make the file at the same time are sure to be told apart.
   * Object stores only promise that the later one's content remains.
   */
  boolean isMadeAtomically() {
    return local != null || isOnHdfs();
  }

  /** Makes the file, with its folder, unless it is there. */
  boolean make(byte[] content) throws IOException {
    if (local != null) {
      try {
        Files.createDirectories(local.getParent());
        Files.write(local, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return true;
      } catch (java.nio.file.FileAlreadyExistsException e) {
        return false;
      } catch (java.nio.file.AccessDeniedException e) {
        // Java's own message is the path alone.
        throw new IOException("Permission denied: " + e.getMessage(), e);
      }
    }
    try {
      return write(content, false);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Returns whether it was written; not if another writer on HDFS was faster. */
  private boolean write(byte[] content, boolean overwrite) throws IOException {
    try (OutputStream out = files.create(path, overwrite)) {
      out.write(content);
      return true;
    } catch (IOException e) {
      if (isLostRace(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Returns whether another program won a race for the file: HDFS reports a file that another
   * client, or another thread of this one, has open as being created, and a file that was replaced
   * while this one wrote it as expired or missing; now as an exception of its own, now as that of
   * the name node.
   */
  private boolean isLostRace(IOException failure) {
    String name =
        failure instanceof RemoteException remote
            ? remote.getClassName()
            : failure.getClass().getName();
    return isOnHdfs() && HDFS_RACES.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private boolean isOnHdfs() {
    return "hdfs".equals(files.getUri().getScheme());
  }

  /** Writes it anew; of several who do at the same time, the content of one remains. */
  void replace(byte[] content) throws IOException {
    if (local == null) {
      write(content, true);
      return;
    }
    java.nio.file.Path part =
        local.resolveSibling(local.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.write(part, content);
      Files.move(part, local, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  void delete() throws IOException {
    files.delete(path, false);
  }

  /**
   * Returns who holds it: nobody if it is not there, or is damaged. One that cannot be read for
   * half a second is not just being written, but was left so.
   */
  Optional<LeaseHolder> read() throws IOException {
    Optional<LeaseHolder> holder = Optional.empty();
    for (int tried = 1; tried <= TRIES && holder.isEmpty(); tried++) {
      pause(tried == 1 ? 0 : BETWEEN_TRIES_MILLIS);
      try (InputStream in = files.open(path)) {
        holder = LeaseHolder.parse(in.readAllBytes());
      } catch (FileNotFoundException e) {
        return Optional.empty();
      } catch (IOException e) {
        if (tried == TRIES || !wasReplacedMeanwhile(e)) {
          throw e;
        }
      }
    }
    return holder;
  }

  /**
   * Returns whether the file was replaced while it was read. An object store's client looks an
   * object up and then asks for its content under the condition that it is still the same; HTTP's
   * status 412 says that another one was written in between.
   */
  private static boolean wasReplacedMeanwhile(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.toString();
      if (cause instanceof EOFException
          || text.contains("RemoteFileChangedException")
          || text.contains("Status Code: 412")) {
        return true;
      }
    }
    return false;
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading a lease", e);
    }
  }
}
