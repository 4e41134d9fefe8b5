package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;

/** A server of S3's protocol in a process of its own, which keeps one bucket in its memory. */
final class S3 implements AutoCloseable {
  private static final Path JAR =
      Launcher.REPOSITORY.resolve("spark-trainer/target/s3proxy/s3proxy.jar");

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Path folder;
  private final String endpoint;
  private final Process process;

  private S3(Path folder, String endpoint, Process process) {
    this.folder = folder;
    this.endpoint = endpoint;
    this.process = process;
  }

  /** Starts it and makes the bucket; settings and its log are in {@code folder}. */
  static S3 start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String endpoint = "http://127.0.0.1:" + freePort();
    Path settings = folder.resolve("s3proxy.properties");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=none
        s3proxy.ignore-unknown-headers=true
        jclouds.provider=transient
        jclouds.identity=any
        jclouds.credential=any
        """
            .formatted(endpoint));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-jar",
                JAR.toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3 s3 = new S3(folder, endpoint, process);
    s3.makeBucket();
    s3.writeHadoopConf();
    return s3;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** As soon as the server answers. */
  private void makeBucket() throws IOException, InterruptedException {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(endpoint + "/bucket"))
            .PUT(BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        if (HttpClient.newHttpClient().send(put, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(200);
      }
    }
    close();
    fail("no bucket within " + LONGEST + ":\n" + Files.readString(folder.resolve("s3proxy.log")));
  }

  private void writeHadoopConf() throws IOException {
    Files.writeString(
        Files.createDirectories(hadoopConf()).resolve("core-site.xml"),
        """
        <configuration>
          <property><name>fs.s3a.endpoint</name><value>%s</value></property>
          <property><name>fs.s3a.endpoint.region</name><value>us-east-1</value></property>
          <property><name>fs.s3a.path.style.access</name><value>true</value></property>
        </configuration>
        """
            .formatted(endpoint));
  }

  private Path hadoopConf() {
    return folder.resolve("hadoop");
  }

  /** The same command, which finds the server and has keys. */
  Launcher reach(Launcher launcher) {
    return launcher
        .env("HADOOP_CONF_DIR", hadoopConf().toString())
        .env("AWS_ACCESS_KEY_ID", "convoy")
        .env("AWS_SECRET_ACCESS_KEY", "secret");
  }

  /** How a client in this process reaches it. */
  Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.endpoint", endpoint);
    configuration.set("fs.s3a.endpoint.region", "us-east-1");
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set("fs.s3a.access.key", "convoy");
    configuration.set("fs.s3a.secret.key", "secret");
    return configuration;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
