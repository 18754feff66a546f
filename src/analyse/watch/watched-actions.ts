// What a CSMS may tell a charger that changes how or where it connects, and whether the charger took it: OCPP 1.6
// with the security whitepaper's profiles, 2.0.1 and 2.1 part 2 (A01-A05, B09, B12, L01, M03-M05). One row an action.

/** One change that a CALL asks for. */
export interface ConnectivityChange {
  /** What is changed, in the words of the protocol: `AuthorizationKey`, `SetNetworkProfile` ... */
  readonly key: string;
  /** What was asked and what follows from it; never a secret. */
  readonly meaning: string;
  /** The new password, where that is what changes. */
  readonly password?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** An object's members; none where the value is none. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const word = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "?";

/** A URL as a person may see it: no user, no password, no query. */
const shownUrl = (value: unknown): string =>
  word(value)
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1")
    .replace(/\?.*$/s, "");

const passwordKeys = /^(?:AuthorizationKey|BasicAuthPassword)$/i;
const profileKeys = /^SecurityProfile$/i;
const urlKeys = /ur[il]|endpoint|csms|central-?_?system|back-?_?end|server|hostname/i;
const otherUrls = /ntp|ftp|ocsp|crl|time|firmware|diagnostic|log|upload|dns/i;
const identityKeys = /^(?:Identity|ChargePointId|ChargeBoxId(?:entity)?|ChargePointIdentity|StationId)$/i;
const trustKeys = /^(?:AdditionalRootCertificateCheck|CpoName|OrganizationName)$/i;
const networkKeys = /^(?:NetworkConfigurationPriority|ActiveNetworkProfile)$/i;

const profileMeaning = (value: unknown): string => {
  const profile = word(value);
  const transport = profile === "2" || profile === "3" ? "wss:// (TLS)" : "ws://";
  const proof = profile === "3" ? " and a client certificate" : "";
  return `its next connection comes by ${transport}${proof}, and it will not go back to a lower profile`;
};

/** What setting this key to this value changes; undefined where it is no matter of connecting. */
const settingChange = (key: unknown, value: unknown): ConnectivityChange | undefined => {
  const name = word(key);
  if (passwordKeys.test(name))
    return {
      key: name,
      meaning: "the charger has a new password from its next connection on",
      ...(typeof value === "string" ? { password: value } : {}),
    };
  if (profileKeys.test(name))
    return { key: name, meaning: `security profile ${word(value)}: ${profileMeaning(value)}` };
  if (identityKeys.test(name))
    return { key: name, meaning: `the charger calls itself ${word(value)} from its next connection on` };
  if (trustKeys.test(name))
    return { key: name, meaning: "the charger trusts and shows certificates by another rule from now on" };
  if (networkKeys.test(name))
    return { key: name, meaning: "the charger changes the order of the networks and CSMSs it connects to" };
  if (urlKeys.test(name) && !otherUrls.test(name))
    return {
      key: name,
      meaning: `the charger will connect to ${shownUrl(value)}, past this proxy unless that is its address`,
    };
  return undefined;
};

const reset = (type: unknown): ConnectivityChange => ({
  key: "Reset",
  meaning: `the charger starts again (${word(type)}); this connection ends and a new one begins`,
});

const firmware = (action: string): ConnectivityChange => ({
  key: action,
  meaning:
    "the charger will start again with other firmware, which may not know this proxy's address or root",
});

const networkProfile = (payload: Fields): ConnectivityChange => {
  const data = fieldsOf(payload.connectionData);
  const profile =
    data.securityProfile === undefined ? "" : `, security profile ${word(data.securityProfile)}`;
  const password = data.basicAuthPassword;
  return {
    key: "SetNetworkProfile",
    meaning: `slot ${word(payload.configurationSlot)} leads to ${shownUrl(data.ocppCsmsUrl)}${profile}, past this proxy unless that is its address`,
    ...(typeof password === "string" ? { password } : {}),
  };
};

const one = (change: ConnectivityChange | undefined): readonly (ConnectivityChange | undefined)[] => [change];

type Reader = (payload: Fields) => readonly (ConnectivityChange | undefined)[];

/** By action, the changes that its payload asks for; of lists as long as the list, nothing where there is none. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["ChangeConfiguration", (payload) => one(settingChange(payload.key, payload.value))],
  [
    "SetVariables",
    (payload) =>
      listOf(payload.setVariableData).map((item) => {
        const { variable, attributeValue } = fieldsOf(item);
        return settingChange(fieldsOf(variable).name, attributeValue);
      }),
  ],
  ["SetNetworkProfile", (payload) => one(networkProfile(payload))],
  [
    "InstallCertificate",
    ({ certificateType }) =>
      one({
        key: "InstallCertificate",
        meaning: `the charger trusts one more root (${word(certificateType)})`,
      }),
  ],
  [
    "DeleteCertificate",
    () =>
      one({
        key: "DeleteCertificate",
        meaning: "the charger trusts one root less; if it is this proxy's, it comes no more by wss://",
      }),
  ],
  [
    "CertificateSigned",
    () =>
      one({
        key: "CertificateSigned",
        meaning: "the charger shows a new certificate from its next connection on (security profile 3)",
      }),
  ],
  ["UpdateFirmware", () => one(firmware("UpdateFirmware"))],
  ["SignedUpdateFirmware", () => one(firmware("SignedUpdateFirmware"))],
  ["Reset", ({ type }) => one(reset(type))],
]);

/** Whether an action can change how or where a charger connects. */
export function isWatched(action: string | undefined): boolean {
  return action !== undefined && readers.has(action);
}

/** What a CALL asks for; as long as what its answer says of it, with gaps where a part is no matter of connecting. */
export function changesOf(action: string, payload: unknown): readonly (ConnectivityChange | undefined)[] {
  return readers.get(action)?.(fieldsOf(payload)) ?? [];
}

const taken = new Set(["Accepted", "RebootRequired", "Scheduled", "AcceptedCanceled"]);

/** What the charger's CALLRESULT says of each change, in its own words; "?" where it says nothing of it. */
export function statusesOf(
  action: string,
  changes: readonly (ConnectivityChange | undefined)[],
  payload: unknown,
): readonly string[] {
  const answer = fieldsOf(payload);
  if (action === "SetVariables") {
    // The results carry the names; that they stand in the order of the request is said nowhere.
    const results = listOf(answer.setVariableResult).map(fieldsOf);
    return changes.map((change, i) => {
      const named = results.find((result) => fieldsOf(result.variable).name === change?.key);
      return word((named ?? results[i])?.attributeStatus);
    });
  }
  // 1.6 answers UpdateFirmware with nothing at all.
  const status =
    answer.status === undefined && action === "UpdateFirmware" ? "Accepted" : word(answer.status);
  return changes.map(() => status);
}

/** Whether a status means that the change was taken. */
export function isAccepted(status: string): boolean {
  return taken.has(status);
}
