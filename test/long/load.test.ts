// Two hundred chargers at once, with armed rules that act on some of them. No message is lost, doubled or out of order
// unless a rule did it. Counted by message id at the other end.
import { expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.js";
import { encodeFrame, payloadOf } from "../../src/wire/websocket/frame.js";
import { createScanner } from "../../src/wire/websocket/scanner.js";
import type { RawPeer } from "../support/peers/raw-peer.js";
import { startWorld } from "../support/worlds/proxy-world.js";
import { chargerMask } from "../support/worlds/relay-player.js";

const chargers = 200;
const messages = 100;

const rules = `version: 1
rules:
  - id: twice
    when: { identity: { like: "CP-*5" }, action: MeterValues }
    trigger: { every: 10 }
    then: [ { duplicate: {} } ]
  - id: gone
    when: { identity: { like: "CP-*7" }, action: MeterValues }
    trigger: { every: 20 }
    then: [ { drop: {} } ]
`;

const idsOf = (bytes: Uint8Array): readonly number[] =>
  createScanner(1 << 20)
    .push(bytes)
    .flatMap((piece) => (piece.kind === "frame" ? [new TextDecoder().decode(payloadOf(piece.frame))] : []))
    .map((text) => Number((JSON.parse(text) as [number, string])[1]));

const expectedIds = (identity: string): readonly number[] =>
  Array.from({ length: messages }, (_, i) => i + 1).flatMap((id) => {
    if (identity.endsWith("5") && id % 10 === 0) return [id, id];
    return identity.endsWith("7") && id % 20 === 0 ? [] : [id];
  });

test(`all ${messages} messages of each of ${chargers} chargers arrive in order, changed only by rules`, async () => {
  const world = await startWorld({ rules });
  const sendAll = async (index: number): Promise<void> => {
    const identity = `CP-${index}`;
    const { charger, csms } = await world.connect(`/ocpp/${identity}`);
    const frames = Array.from({ length: messages }, (_, i) =>
      encodeFrame({
        opcode: 1,
        payload: utf8(`[2,"${i + 1}","MeterValues",{"connectorId":1,"n":${i}}]`),
        mask: chargerMask,
      }),
    );
    for (const frame of frames) charger.send(frame);
    charger.end();
    await csms.untilEnd();
    expect({ identity, ids: idsOf(csms.body) }).toEqual({ identity, ids: expectedIds(identity) });
    csms.end();
    await (charger as RawPeer).untilEnd();
  };
  await Promise.all(Array.from({ length: chargers }, (_, index) => sendAll(index)));
  await world.stop();
  const decisions = world.entries.filter((entry) => entry.kind === "decision");
  expect(decisions.length).toBe((chargers / 10) * 10 + (chargers / 10) * 5);
});
