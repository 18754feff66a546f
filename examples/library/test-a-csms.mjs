// A test of a CSMS with node:test: the cassette is recorded once, and replayed ever after.
//   node --test examples/library/test-a-csms.mjs
import { test } from "node:test";
import { assertReplayPasses, csms, replay, useCassette } from "ocpp-vcr";

test("the CSMS answers a charging session as it did when it was recorded", async () => {
  // Your own CSMS; here the embedded one stands for it.
  const backend = await csms();
  try {
    const result = await useCassette("cassettes/session.cassette", {
      csms: backend.url,
      // Your charge point, or a simulator; here a sample cassette stands for it.
      record: async ({ url }) => void (await replay("recordings/sample-1.6.cassette", { csms: url })),
    });
    assertReplayPasses(result);
  } finally {
    await backend.close();
  }
});
