import { describe, expect, test } from "vitest";
import { down } from "../../../../src/rules/faults/transport/down.js";
import { play } from "../../../support/worlds/playbook.js";
import { relayPlayer } from "../../../support/worlds/relay-player.js";
import { collector, plainValue } from "../../sample.js";
import { inputOf, onAction } from "../sample.js";
import { settingsOf } from "../trial.js";

describe("down", () => {
  test("down reads its settings and asks for its effect", () => {
    const { report, said } = collector();
    const settings = down.read(plainValue({ for: "30s", scope: "identity" }), report);
    expect(said).toEqual([]);
    if (settings === undefined) throw new Error("not read");
    expect(settings).toEqual({ for: 30_000, scope: "identity", port: "open" });
    expect(down.apply(settings, inputOf())).toMatchObject({
      outcome: "down 30000 ms",
      actions: [{ kind: "down", ms: 30_000, scope: "identity" }],
    });
  });

  test("down closes the port as well if the rule says so", () => {
    const settings = settingsOf(down, { for: "30s", port: "closed" });
    expect(down.apply(settings, inputOf()).actions).toEqual([
      { kind: "down", ms: 30_000, scope: "all", port: "closed" },
    ]);
  });

  test.each([{}, { for: "1s", scope: "some" }, { for: "1s", scope: "identity", port: "closed" }])(
    "down reports the invalid settings %j",
    (plain) => {
      const { report, said } = collector();
      down.read(plainValue(plain), report);
      expect(said).toHaveLength(1);
    },
  );

  test("down on a message does not forward it", () => {
    play(relayPlayer({ rules: onAction("Bad", "{ down: 30s }") }, true), [
      '>> charger text [2,"1","Bad",{}]',
      '<< cassette: cp-to-csms text [2,"1","Bad",{}], seen 0',
      "<< cassette: r1 CALL Bad down 30000 ms: ",
      "<< run: down by r1",
    ]);
  });
});
