/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * 10,000 random topics, 500 for each of 20 seeds so that trec_eval runs 80 times and not 40,000
 * times: ties, scores that only a double tells apart, ids beyond ASCII, codes below 0, topics
 * without hits and hits without topics.
 */
class RandomRankingsTest {
  private static final int TOPICS = 500;
  private static final List<Measure> MEASURES =
      Measure.parseList(
          "nDCG,nDCG@1,nDCG@3,nDCG@10,nDCG@1000,AP,AP@3,AP@20,RR,RR@3,P@1,P@3,P@10,R@1,R@5,R@50,"
              + "Success@1,Success@3,Rprec,Bpref,AP(rel=2),AP(rel=2)@5,RR(rel=2),P(rel=2)@3,"
              + "R(rel=2)@5,Success(rel=2)@3,Rprec(rel=2),Bpref(rel=2),AP(rel=3),Bpref(rel=3),"
              + "Rprec(rel=3)");
  private static final double[] SCORES = {
    0, -0.0, 1, 1 + 1e-9, 1 + 1e-7, -3.5, 1e-40, 12.345678, 12.3456781, 16777216, 16777217, 1e30
  };
  private static final String[] NAMES = {"d", "D", "ü", "z", "\uff5e", "\ud83d\ude00", "-", "10"};

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void equalTrecEval(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<String> qrels = new ArrayList<>();
    List<String> run = new ArrayList<>();
    for (int topic = 0; topic < TOPICS; topic++) {
      addTopic("t" + topic, random, qrels, run);
    }
    run.add("unjudged Q0 d1 1 1.0 random");
    Collections.shuffle(run, random);
    Path folder = Files.createTempDirectory("random-rankings");
    try {
      int compared =
          TrecEval.assertAgrees(
              Files.write(folder.resolve("qrels"), qrels),
              Files.write(folder.resolve("run"), run),
              MEASURES);
      assertThat(compared).isEqualTo(MEASURES.size() * (TOPICS + 1));
    } finally {
      AtomicOutput.delete(folder);
    }
  }

  private static void addTopic(String topic, Random random, List<String> qrels, List<String> run) {
    int pool = 1 + random.nextInt(30);
    List<String> documents =
        IntStream.range(0, pool).mapToObj(i -> NAMES[random.nextInt(NAMES.length)] + i).toList();
    int highest = random.nextInt(4);
    // trec_eval reads memory it has not set when a topic has no code of 0 or more.
    qrels.add(topic + " 0 judged " + random.nextInt(highest + 1));
    for (String document : documents) {
      if (random.nextInt(3) > 0) {
        qrels.add(topic + " 0 " + document + " " + (random.nextInt(highest + 3) - 2));
      }
    }
    double share = random.nextInt(5) / 4.0;
    for (String document : documents) {
      if (random.nextDouble() < share) {
        double score =
            random.nextBoolean() ? SCORES[random.nextInt(SCORES.length)] : random.nextGaussian();
        run.add(topic + " Q0 " + document + " " + random.nextInt(100) + " " + score + " random");
      }
    }
  }
}
