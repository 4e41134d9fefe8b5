package dev.convoy.fuzz;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** One folder of small files in memory, so that readers of files see millions of inputs. */
public final class MemoryFileSystem extends FileSystem {
  /** The folder. */
  public static final String FOLDER = "memory://fuzz/data";

  private static final Map<String, byte[]> FILES = new TreeMap<>();

  /** Created by Hadoop. */
  public MemoryFileSystem() {}

  /** Returns a configuration under which {@link #FOLDER} is found. */
  public static Configuration configuration() {
    Configuration hadoop = new Configuration(false);
    hadoop.setClass("fs.memory.impl", MemoryFileSystem.class, FileSystem.class);
    return hadoop;
  }

  /** Empties the folder. */
  public static void clear() {
    FILES.clear();
  }

  /** Puts a file into the folder. */
  public static void put(String name, byte[] content) {
    FILES.put(URI.create(FOLDER).getPath() + "/" + name, content);
  }

  @Override
  public URI getUri() {
    return URI.create("memory://fuzz");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    byte[] content = FILES.get(path.toUri().getPath());
    if (content == null) {
      throw new FileNotFoundException("there is no " + path);
    }
    return new FSDataInputStream(new Content(content));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    String name = path.toUri().getPath();
    byte[] content = FILES.get(name);
    if (content == null && !name.equals(URI.create(FOLDER).getPath())) {
      throw new FileNotFoundException("there is no " + path);
    }
    return content == null
        ? new FileStatus(0, true, 1, 1, 0, makeQualified(path))
        : new FileStatus(content.length, false, 1, 1 << 20, 0, makeQualified(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] all = new FileStatus[FILES.size()];
    int i = 0;
    for (String name : FILES.keySet()) {
      all[i++] = getFileStatus(new Path(null, null, name));
    }
    return all;
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(FOLDER);
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw new UnsupportedOperationException();
  }

  /** Refuses to seek where Hadoop's own streams do. */
  private static final class Content extends ByteArrayInputStream
      implements Seekable, PositionedReadable {
    Content(byte[] content) {
      super(content);
    }

    @Override
    public synchronized void seek(long to) throws IOException {
      if (to < 0 || to > count) {
        throw new EOFException("cannot seek to " + to);
      }
      pos = (int) to;
    }

    @Override
    public synchronized long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long to) {
      return false;
    }

    @Override
    public synchronized int read(long from, byte[] into, int offset, int length)
        throws IOException {
      if (from < 0) {
        throw new EOFException("cannot read at " + from);
      }
      if (from >= count) {
        return -1;
      }
      int bytes = (int) Math.min(length, count - from);
      System.arraycopy(buf, (int) from, into, offset, bytes);
      return bytes;
    }

    @Override
    public void readFully(long from, byte[] into, int offset, int length) throws IOException {
      if (read(from, into, offset, length) < length) {
        throw new EOFException("the file ends");
      }
    }

    @Override
    public void readFully(long from, byte[] into) throws IOException {
      readFully(from, into, 0, into.length);
    }
  }
}
