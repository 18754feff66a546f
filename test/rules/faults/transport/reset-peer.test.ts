import { describe, expect, test } from "vitest";
import { resetPeer } from "../../../../src/rules/faults/transport/reset-peer.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onAction, onConnection } from "../sample.js";

describe("reset-peer", () => {
  test("reset-peer reads its settings and describes its effect", () => {
    const { report, said } = collector();
    const settings = resetPeer.read(plainValue({ after: "5s", to: "csms" }), report);
    if (settings === undefined) throw new Error("not read");
    expect(resetPeer.apply(settings, inputOf()).outcome).toBe("reset csms after 5000 ms");
    expect(said).toEqual([]);
    resetPeer.read(plainValue({ to: "nobody" }), report);
    expect(said).toHaveLength(1);
  });

  test("reset-peer resets after the message that matches", () => {
    play(relayPlayer({ rules: onAction("Boom", "{ reset-peer: {} }") }), [
      '>> charger text [2,"1","Boom",{}]',
      '<< csms gets text [2,"1","Boom",{}]',
      "<< charger gets the reset",
      "<< csms gets the reset",
      "<< done",
    ]);
  });

  test("reset-peer forwards everything until its time, then resets one side and ends the other", () => {
    play(relayPlayer({ rules: onConnection("{ reset-peer: { after: 1s, to: charger } }") }, true), [
      ">> charger text a",
      "<< csms gets text a",
      "<< cassette: cp-to-csms text a, seen 0",
      ">> after 1000",
      "<< cassette: note fault-cut",
      "<< charger gets the reset",
      "<< csms gets the end",
      "<< cassette: closed, reset by us",
      "<< done",
    ]);
  });
});
