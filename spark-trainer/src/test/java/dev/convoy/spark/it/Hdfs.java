package dev.convoy.spark.it;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A name node and data nodes in this process, at a port of the loopback interface. */
public final class Hdfs implements AutoCloseable {
  private final MiniDFSCluster cluster;

  private Hdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts it with one data node; it keeps its blocks in {@code disk}. */
  public static Hdfs start(Path disk) throws IOException {
    return start(disk, 1);
  }

  /** Starts it with several data nodes, each block on two of them. */
  static Hdfs start(Path disk, int dataNodes) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    configuration.setInt("dfs.replication", Math.min(2, dataNodes));
    return new Hdfs(new MiniDFSCluster.Builder(configuration).numDataNodes(dataNodes).build());
  }

  /** The first data node dies; its blocks remain on others. */
  void stopDataNode() {
    cluster.stopDataNode(0);
  }

  /** {@code hdfs://HOST:PORT}. */
  public String uri() {
    return "hdfs://localhost:" + cluster.getNameNodePort();
  }

  /** How a client in this process reaches it. */
  public Configuration configuration() {
    return cluster.getConfiguration(0);
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
