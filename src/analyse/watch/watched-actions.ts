// The commands of a CSMS that change how or where a charger connects, and whether the charger accepted them: OCPP 1.6
// with the security whitepaper, OCPP 2.0.1 and 2.1 part 2 (A01-A05, B09, B12, L01, M03-M05). One row for each action.

/** One change that a CALL asks for. */
export interface ConnectivityChange {
  /** The setting or the action, as the protocol names it: `AuthorizationKey`, `SetNetworkProfile` ... */
  readonly key: string;
  /** The request and its consequence; contains no secret. */
  readonly meaning: string;
  /** The new password, if that is what changes. */
  readonly password?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** An object's members; none if the value is not an object. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const word = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "?";

/** A URL without user, password and query. */
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
  return `the charger uses ${transport}${proof} from its next connection on and cannot return to a lower profile`;
};

/** The change that a setting makes; undefined if it does not concern the connection. */
const settingChange = (key: unknown, value: unknown): ConnectivityChange | undefined => {
  const name = word(key);
  if (passwordKeys.test(name))
    return {
      key: name,
      meaning: "the charger uses a new password from its next connection on",
      ...(typeof value === "string" ? { password: value } : {}),
    };
  if (profileKeys.test(name))
    return { key: name, meaning: `security profile ${word(value)}: ${profileMeaning(value)}` };
  if (identityKeys.test(name))
    return { key: name, meaning: `the charger uses the identity ${word(value)} from its next connection on` };
  if (trustKeys.test(name))
    return { key: name, meaning: "the charger checks or requests certificates by other rules from now on" };
  if (networkKeys.test(name))
    return { key: name, meaning: "the charger changes the order of its networks and CSMSs" };
  if (urlKeys.test(name) && !otherUrls.test(name))
    return {
      key: name,
      meaning: `the charger will connect to ${shownUrl(value)}; unless that is this proxy, its traffic is no longer recorded`,
    };
  return undefined;
};

const reset = (type: unknown): ConnectivityChange => ({
  key: "Reset",
  meaning: `the charger restarts (${word(type)}); this connection ends and a new one begins`,
});

const firmware = (action: string): ConnectivityChange => ({
  key: action,
  meaning:
    "the charger will restart with other firmware, which may not have this proxy's address or root certificate",
});

const networkProfile = (payload: Fields): ConnectivityChange => {
  const data = fieldsOf(payload.connectionData);
  const profile =
    data.securityProfile === undefined ? "" : `, security profile ${word(data.securityProfile)}`;
  const password = data.basicAuthPassword;
  return {
    key: "SetNetworkProfile",
    meaning: `network slot ${word(payload.configurationSlot)} connects to ${shownUrl(data.ocppCsmsUrl)}${profile}; unless that is this proxy, its traffic is no longer recorded`,
    ...(typeof password === "string" ? { password } : {}),
  };
};

const one = (change: ConnectivityChange | undefined): readonly (ConnectivityChange | undefined)[] => [change];

type ChangeReader = (payload: Fields) => readonly (ConnectivityChange | undefined)[];

/** By action: the changes that its payload requests. For a list of settings the result has one element for each, undefined if it does not concern the connection. */
const readers: ReadonlyMap<string, ChangeReader> = new Map<string, ChangeReader>([
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
        meaning: `the charger trusts one more root certificate (${word(certificateType)})`,
      }),
  ],
  [
    "DeleteCertificate",
    () =>
      one({
        key: "DeleteCertificate",
        meaning:
          "the charger trusts one root certificate less; if it is this proxy's, the charger cannot connect by wss:// any more",
      }),
  ],
  [
    "CertificateSigned",
    () =>
      one({
        key: "CertificateSigned",
        meaning: "the charger uses a new client certificate from its next connection on (security profile 3)",
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

/** The changes that a CALL requests, one element for each setting; undefined for those that do not concern the connection. */
export function changesOf(action: string, payload: unknown): readonly (ConnectivityChange | undefined)[] {
  return readers.get(action)?.(fieldsOf(payload)) ?? [];
}

const acceptedStatuses = new Set(["Accepted", "RebootRequired", "Scheduled", "AcceptedCanceled"]);

/** The status of each change in the charger's CALLRESULT; "?" if it states none. */
export function statusesOf(
  action: string,
  changes: readonly (ConnectivityChange | undefined)[],
  payload: unknown,
): readonly string[] {
  const answer = fieldsOf(payload);
  if (action === "SetVariables") {
    // Results are matched by name, because OCPP does not require the order of the request.
    const results = listOf(answer.setVariableResult).map(fieldsOf);
    return changes.map((change, i) => {
      const named = results.find((result) => fieldsOf(result.variable).name === change?.key);
      return word((named ?? results[i])?.attributeStatus);
    });
  }
  // The answer to UpdateFirmware has no status in 1.6.
  const status =
    answer.status === undefined && action === "UpdateFirmware" ? "Accepted" : word(answer.status);
  return changes.map(() => status);
}

/** Whether a status means that the charger accepted the change. */
export function isAccepted(status: string): boolean {
  return acceptedStatuses.has(status);
}
