package dev.convoy.data.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.StoragePath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Servers that are not what they are taken for, with short waits. */
class StoresTest {
  private static Configuration impatient() {
    Configuration hadoop = new Configuration();
    StoreDefaults.apply(hadoop);
    hadoop.set("ipc.client.rpc-timeout.ms", "6000");
    hadoop.set("ipc.client.connect.max.retries", "1");
    hadoop.set("fs.hdfs.impl.disable.cache", "true");
    return hadoop;
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static String uri(int port) {
    return "hdfs://localhost:" + port + "/data";
  }

  @Test
  void aServerThatTakesConnectionsAndSaysNothingIsWaitedForAndThenNamed() throws IOException {
    List<String> waiting = new CopyOnWriteArrayList<>();
    Stores.tell(waiting::add);
    try (ServerSocket silent = listening()) {
      String uri = uri(silent.getLocalPort());
      Exception e = assertThrows(StoreException.class, () -> DataFolder.existing(impatient(), uri));
      assertEquals(uri + " does not answer", e.getMessage());
      String store = uri.substring(0, uri.lastIndexOf('/'));
      assertEquals(List.of("waiting for " + store + " …"), waiting);
    }
  }

  @Test
  void aPortWhereNobodyListensIsNamed() throws IOException {
    int port;
    try (ServerSocket closed = listening()) {
      port = closed.getLocalPort();
    }
    Exception e =
        assertThrows(StoreException.class, () -> DataFolder.existing(impatient(), uri(port)));
    assertTrue(e.getMessage().startsWith(uri(port) + " refuses connections; "), e.getMessage());
  }

  @Test
  void thePortOfAWebServerIsNotANameNodes() throws Exception {
    try (ServerSocket web = listening()) {
      Thread server = new Thread(() -> answer(web), "web");
      server.setDaemon(true);
      server.start();
      Exception e =
          assertThrows(
              DataException.class, () -> DataFolder.existing(impatient(), uri(web.getLocalPort())));
      assertTrue(e.getMessage().contains("but not by a name node"), e.getMessage());
    }
  }

  private static void answer(ServerSocket web) {
    while (true) {
      try (var client = web.accept()) {
        client.getInputStream().read(new byte[64]);
        client
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void aHostThatNobodyKnowsIsAMistake() {
    String uri = "hdfs://no-such-host.invalid:8020/data";
    Exception e = assertThrows(DataException.class, () -> DataFolder.existing(impatient(), uri));
    assertTrue(e.getMessage().contains("names a host that is not known"), e.getMessage());
    assertTrue(e.getMessage().contains("no-such-host.invalid"), e.getMessage());
  }

  @Test
  void aPlainPathThatLiesOnAnotherFileSystemIsShownWholeAndHowToNameALocalFile()
      throws IOException {
    int port;
    try (ServerSocket closed = listening()) {
      port = closed.getLocalPort();
    }
    Configuration hadoop = impatient();
    hadoop.set("fs.defaultFS", "hdfs://localhost:" + port);
    // As a user writes it, and as a command hands it on to its executors.
    for (String path : List.of("/data", "hdfs://localhost:" + port + "/data")) {
      Exception e = assertThrows(StoreException.class, () -> DataFolder.existing(hadoop, path));
      assertTrue(e.getMessage().startsWith(uri(port) + " refuses connections"), e.getMessage());
      assertTrue(e.getMessage().contains("fs.defaultFS puts the path /data there"), e.getMessage());
      assertTrue(e.getMessage().contains("file:///data names it on this machine"), e.getMessage());
    }
  }

  @Test
  void aFullDiskIsNamedOnceByItsFolder() {
    var folder = new Path("/runs/1");
    Exception e =
        assertThrows(
            StoreException.class,
            () ->
                Stores.writing(
                    folder,
                    () ->
                        Stores.writing(
                            new Path(folder, "checkpoints"),
                            () -> {
                              throw new IOException("No space left on device");
                            })));
    assertEquals("the disk of /runs/1/checkpoints is full", e.getMessage());
  }

  /** Hadoop's local file system tells of it by an error, not by an exception. */
  @Test
  void aFullDiskOfThisMachineIsNamed() throws IOException {
    var full = new Path("/dev/full");
    assumeTrue(Files.exists(java.nio.file.Path.of("/dev/full")), "a device of Linux");
    FileSystem files = StoragePath.fileSystem(full, new Configuration());
    Exception e =
        assertThrows(
            StoreException.class,
            () ->
                Stores.writing(
                    new Path("/dev"),
                    () -> {
                      try (OutputStream out = files.create(full, true)) {
                        out.write(new byte[1 << 16]);
                      }
                      return null;
                    }));
    assertEquals("the disk of /dev is full", e.getMessage());
  }
}
