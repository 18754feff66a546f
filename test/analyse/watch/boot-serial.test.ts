// Serial numbers in boots.
import { describe, expect, test } from "vitest";
import { bootSerials } from "../../../src/analyse/watch/boot-serial.js";

describe("bootSerials", () => {
  test.each([
    ['[2,"1","BootNotification",{"chargePointSerialNumber":"A","chargeBoxSerialNumber":"B"}]', ["A", "B"]],
    ['[2,"1","BootNotification",{"chargingStation":{"serialNumber":"C"},"reason":"PowerUp"}]', ["C"]],
    ['[2,"1","BootNotification",{"chargingStation":7,"chargePointSerialNumber":""}]', []],
    ['[2,"1","BootNotification",null]', []],
    ['[2,"1","BootNotification",{"chargePointSeri', []],
  ])("finds those of %s", (message, serials) => {
    expect(bootSerials(message)).toEqual(serials);
  });

  test.each(['[2,"1","Heartbeat",{}]', '[3,"1",{"chargePointSerialNumber":"A"}]', "BootNotification", ""])(
    "%s is not a BootNotification",
    (message) => {
      expect(bootSerials(message)).toBeUndefined();
    },
  );
});
