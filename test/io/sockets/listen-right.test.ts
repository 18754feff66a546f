// The command that gives the right to listen on a low port, for each system.
import { expect, test } from "vitest";
import { listenRightHint, thisSystem } from "../../../src/io/sockets/listen-right.js";

test.each([
  ["linux", /sudo setcap cap_net_bind_service=\+ep \/usr\/bin\/node\n.*port_start=443\n.*authbind/],
  ["darwin", /--listen 0\.0\.0\.0:443/],
  ["win32", /excludedportrange/],
  ["freebsd", /higher port/],
] as const)("%s has its own", (platform, expected) => {
  expect(listenRightHint(443, { platform, program: "/usr/bin/node" })).toMatch(expected);
});

test("the path of a program with blanks is quoted", () => {
  expect(listenRightHint(80, { platform: "linux", program: "/my apps/node's" })).toContain(
    "+ep '/my apps/node'\\''s'",
  );
});

test("the current system has a platform and a program", () => {
  expect(thisSystem()).toMatchObject({ platform: process.platform });
});
