package dev.convoy.spark.it.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace for each host, all connected to a bridge in that of the center. The machine's
 * own network is left alone. Needs root, {@code ip} and {@code tc}.
 *
 * <pre>
 *   center  10.213.77.1  bridge ──┬── port0 ═══ eth0  10.213.77.2  worker 0
 *                                 └── port1 ═══ eth0  10.213.77.3  worker 1
 * </pre>
 */
final class NamespaceNetwork implements HostNetwork {
  private static final String SUBNET = "10.213.77.";

  /** A hundredth of a gigabit's rate. */
  private static final String TRICKLE = "root tbf rate 10mbit burst 16kb latency 400ms";

  private final List<Host> hosts = new ArrayList<>();
  private final String prefix = "chaos-" + ProcessHandle.current().pid() + "-";

  private NamespaceNetwork() {}

  /** Returns whether this user and machine can have such networks. */
  static boolean isPossible() throws InterruptedException {
    String probe = "chaos-probe-" + ProcessHandle.current().pid();
    return Programs.succeeds("tc -V")
        && Programs.succeeds("ip netns add " + probe)
        && Programs.succeeds("ip netns delete " + probe);
  }

  /** Makes the network. */
  static NamespaceNetwork of(int workers) throws IOException, InterruptedException {
    NamespaceNetwork network = new NamespaceNetwork();
    try {
      network.make(workers);
    } catch (IOException e) {
      network.close();
      throw e;
    }
    return network;
  }

  private void make(int workers) throws IOException, InterruptedException {
    String center = add("center").name();
    Programs.run("ip -n " + center + " link add bridge type bridge");
    Programs.run("ip -n " + center + " address add " + SUBNET + "1/24 dev bridge");
    Programs.run("ip -n " + center + " link set bridge up");
    for (int i = 0; i < workers; i++) {
      Host host = add("worker" + i);
      String name = host.name();
      Programs.run(
          ("ip -n " + center + " link add port" + i) + (" type veth peer name eth0 netns " + name));
      Programs.run("ip -n " + center + " link set port" + i + " master bridge up");
      Programs.run("ip -n " + name + " address add " + host.address() + "/24 dev eth0");
      Programs.run("ip -n " + name + " link set eth0 up");
    }
  }

  private Host add(String role) throws IOException, InterruptedException {
    String name = prefix + role;
    Programs.run("ip netns add " + name);
    hosts.add(new Host(name, SUBNET + (hosts.size() + 1), List.of("ip", "netns", "exec", name)));
    Programs.run("ip -n " + name + " link set lo up");
    return hosts.get(hosts.size() - 1);
  }

  @Override
  public Host center() {
    return hosts.get(0);
  }

  @Override
  public Host worker(int index) {
    return hosts.get(index + 1);
  }

  @Override
  public boolean hasLinks() {
    return true;
  }

  @Override
  public void cut(int worker) throws IOException, InterruptedException {
    Programs.run("ip -n " + center().name() + " link set port" + worker + " down");
  }

  @Override
  public void slowDown(int worker) throws IOException, InterruptedException {
    Programs.run("tc -n " + center().name() + " qdisc add dev port" + worker + " " + TRICKLE);
    Programs.run("tc -n " + worker(worker).name() + " qdisc add dev eth0 " + TRICKLE);
  }

  @Override
  public void mend(int worker) throws IOException, InterruptedException {
    Programs.run("ip -n " + center().name() + " link set port" + worker + " up");
    // There is none if the link was cut.
    Programs.succeeds("tc -n " + center().name() + " qdisc delete dev port" + worker + " root");
    Programs.succeeds("tc -n " + worker(worker).name() + " qdisc delete dev eth0 root");
  }

  @Override
  public void close() {
    try {
      for (Host host : hosts) {
        Programs.succeeds("ip netns delete " + host.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
