// The payloads of the embedded CSMS, against the schemas of their versions.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AnswerContext, answersOf, type CallPayload } from "../../src/csms/payloads.js";
import { actionsOf, callerOf } from "../../src/ocpp/catalogue.js";
import { ocppVersions } from "../../src/ocpp/version.js";
import { schemaErrors } from "../support/schema/oca-schemas.js";

const context = (): AnswerContext => ({
  now: "2026-03-01T12:00:00.000Z",
  interval: 300,
  transactionIds: { next: 1 },
});

const chainRequest = {
  source: "CRL",
  urls: ["http://crl.example"],
  certificateHashData: {
    hashAlgorithm: "SHA384",
    issuerNameHash: "aa",
    issuerKeyHash: "bb",
    serialNumber: "1f",
  },
};

/** Payloads with the members that answers look at, holding anything at all. */
const hostile = fc.record(
  {
    idTag: fc.jsonValue(),
    idToken: fc.jsonValue(),
    vatNumber: fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.jsonValue()),
    certificateStatusRequests: fc.oneof(
      fc.array(fc.oneof(fc.constant(chainRequest), fc.jsonValue()), { maxLength: 6 }),
      fc.array(fc.record({ source: fc.jsonValue(), certificateHashData: fc.jsonValue() })),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

describe.each(ocppVersions)("the answers of %s", (version) => {
  const answers = answersOf(version);

  test("there is an answer for every action of a charge point, and for no other", () => {
    const callable = actionsOf(version).filter((action) => callerOf(version, action) !== "csms");
    // Sent without being called: a SEND, which is never answered.
    expect([...answers.keys()].sort()).toEqual(
      callable.filter((action) => action !== "NotifyPeriodicEventStream"),
    );
  });

  test.each([...answers.keys()])("the answers to %s are valid for any payload", (action) => {
    const answer = answers.get(action);
    fc.assert(
      fc.property(hostile, (payload) => {
        const conf = answer?.(payload as CallPayload, context());
        expect(schemaErrors(version, action, "response", JSON.parse(JSON.stringify(conf)))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the answers", () => {
  test("1.6 transaction ids count up from the shared counter", () => {
    const shared = context();
    const start = answersOf("1.6").get("StartTransaction");
    expect([start?.({}, shared), start?.({}, shared)]).toEqual([
      { transactionId: 1, idTagInfo: { status: "Accepted" } },
      { transactionId: 2, idTagInfo: { status: "Accepted" } },
    ]);
    expect(shared.transactionIds.next).toBe(3);
  });

  test("an answer has the status of a token if one was sent", () => {
    const stop = answersOf("1.6").get("StopTransaction");
    expect(stop?.({ idTag: "A" }, context())).toEqual({ idTagInfo: { status: "Accepted" } });
    expect(stop?.({}, context())).toEqual({});
    const event = answersOf("2.0.1").get("TransactionEvent");
    expect(event?.({ idToken: {} }, context())).toEqual({ idTokenInfo: { status: "Accepted" } });
    expect(event?.({}, context())).toEqual({});
  });

  test("the status of every requested certificate is unknown", () => {
    const chain = answersOf("2.1").get("GetCertificateChainStatus");
    expect(chain?.({ certificateStatusRequests: [chainRequest] }, context())).toEqual({
      certificateStatus: [
        {
          certificateHashData: chainRequest.certificateHashData,
          source: "CRL",
          status: "Failed",
          nextUpdate: "2026-03-01T12:00:00.000Z",
        },
      ],
    });
  });

  test("no answer promises an action of the CSMS", () => {
    expect(answersOf("1.6").get("SignCertificate")?.({}, context())).toEqual({ status: "Rejected" });
    expect(answersOf("2.0.1").get("NotifyEVChargingNeeds")?.({}, context())).toEqual({ status: "Rejected" });
  });
});
