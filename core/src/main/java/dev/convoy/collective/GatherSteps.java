package dev.convoy.collective;

import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import dev.convoy.collective.transport.WireFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of an all-gather in which each rank passes on what it has received: in every step it
 * has twice as many ranges.
 *
 * <p>Steps are not separated: a chunk is sent in all steps that it is part of as soon as it is
 * there. Ranges that are short together travel in one frame if they are adjacent, so an all-gather
 * of a few floats from each rank takes one frame a step.
 */
final class GatherSteps implements AllGather {

  /**
   * Who exchanges what, as seen from one rank.
   *
   * <p>A rank lists the ranges in the order in which it gets them, its own first. In a step it
   * sends the first ones on its list, and receives as many.
   */
  interface Pattern {
    int steps(int ranks);

    /** Returns the rank to send to. */
    int to(int rank, int step, int ranks);

    /** Returns the rank to receive from. */
    int from(int rank, int step, int ranks);

    /** Returns how many ranges are exchanged. */
    int count(int step, int ranks);

    /** Returns whose range is number {@code index} of the rank's list. */
    int listed(int rank, int index, int ranks);
  }

  private final Mesh mesh;
  private final Operation operation;
  private final Progress progress = new Progress();
  private final Outgoing[] outgoing;
  private final List<Step> steps = new ArrayList<>();

  private record Step(FramesToSend outgoing, int from, Message incoming) {}

  /**
   * What is sent in a step.
   *
   * @param merged whether the frames are not in the order of the list, so that they can be passed
   *     on only when all are there
   */
  private record Message(List<Range> frames, boolean merged) {

    static Message of(List<Range> list, int chunk) {
      boolean isShort = Frames.floats(list) <= chunk;
      return new Message(isShort ? Frames.merge(list) : Frames.cut(list, chunk), isShort);
    }
  }

  /** Prepares the steps of the mesh's rank. */
  GatherSteps(Mesh mesh, Pattern pattern, List<Range> ranges, WireFormat format, int chunk) {
    this.mesh = mesh;
    operation = Operation.allGather(format);
    outgoing = new Outgoing[mesh.ranks()];
    int ranks = mesh.ranks();
    int own = ranges.get(mesh.rank()).length();
    for (int step = 0; step < pattern.steps(ranks); step++) {
      Message message = Message.of(list(pattern, mesh.rank(), step, ranges), chunk);
      FramesToSend send = new FramesToSend(operation, progress);
      long all = Frames.floats(message.frames);
      long listed = 0;
      for (Range frame : message.frames) {
        listed += frame.length();
        send.add(frame, (message.merged ? all : listed) - own);
      }
      int from = pattern.from(mesh.rank(), step, ranks);
      outgoing[pattern.to(mesh.rank(), step, ranks)] = send;
      steps.add(new Step(send, from, Message.of(list(pattern, from, step, ranges), chunk)));
    }
  }

  /** Returns what a rank sends in a step. */
  private static List<Range> list(Pattern pattern, int rank, int step, List<Range> ranges) {
    List<Range> list = new ArrayList<>();
    for (int i = 0; i < pattern.count(step, ranges.size()); i++) {
      list.add(ranges.get(pattern.listed(rank, i, ranges.size())));
    }
    return list;
  }

  @Override
  public void run(float[] values) {
    for (int s = 0; s < steps.size(); s++) {
      steps.get(s).outgoing.of(values);
    }
    progress.start(0);
    mesh.begin(outgoing);
    try {
      for (int s = 0; s < steps.size(); s++) {
        receive(steps.get(s), values);
      }
    } finally {
      progress.stop();
    }
    mesh.end(operation);
  }

  private void receive(Step step, float[] values) {
    List<Range> frames = step.incoming.frames;
    int floats = 0;
    for (int f = 0; f < frames.size(); f++) {
      Range frame = frames.get(f);
      mesh.peer(step.from).receive(operation, values, frame.from(), frame.length());
      floats += frame.length();
      if (!step.incoming.merged || f == frames.size() - 1) {
        progress.add(floats);
        floats = 0;
      }
    }
  }
}
