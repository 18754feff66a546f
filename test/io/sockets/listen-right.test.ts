// The command that gives the right to a low port, by system.
import { expect, test } from "vitest";
import { rightToListen, thisSystem } from "../../../src/io/sockets/listen-right.js";

test.each([
  ["linux", /sudo setcap cap_net_bind_service=\+ep \/usr\/bin\/node\n.*port_start=443\n.*authbind/],
  ["darwin", /--listen 0\.0\.0\.0:443/],
  ["win32", /excludedportrange/],
  ["freebsd", /higher one/],
] as const)("%s has its own", (platform, expected) => {
  expect(rightToListen(443, { platform, program: "/usr/bin/node" })).toMatch(expected);
});

test("a path with blanks is quoted", () => {
  expect(rightToListen(80, { platform: "linux", program: "/my apps/node's" })).toContain(
    "+ep '/my apps/node'\\''s'",
  );
});

test("this system is known", () => {
  expect(thisSystem()).toMatchObject({ platform: process.platform });
});
