// The addresses by which a listener can be reached, and from where, according to the interfaces of this machine. Firewalls
// and address translation are not considered.

import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";

/** Where an address can be reached from. */
export type AddressScope =
  /** Other machines. */
  | "network"
  /** Only programs on this machine. */
  | "machine"
  /** Containers and virtual machines on this machine. */
  | "containers";

/** One address of this machine. */
export interface MachineAddress {
  /** The name of its interface; undefined if no interface has this address. */
  readonly on: string | undefined;
  readonly address: string;
  readonly within: AddressScope;
}

/** The interfaces of a machine, as node:os gives them. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

const bridges = /^(?:docker|br-|veth|virbr|cni|flannel|podman|lxc|lxdbr|vmnet|vboxnet)/i;
const loopback = /^(?:127\.|::1$|::ffff:127\.|localhost$)/i;
/** Link-local addresses, which are of no use without the name of the interface. */
const linkLocal = /^(?:fe80:|169\.254\.)/i;

const scopeOf = (name: string | undefined, address: string, internal: boolean): AddressScope => {
  if (internal || loopback.test(address)) return "machine";
  return name !== undefined && bridges.test(name) ? "containers" : "network";
};

/** All addresses of the machine; those that other machines can reach come first. */
export function machineAddresses(interfaces: Interfaces = networkInterfaces()): readonly MachineAddress[] {
  const order: readonly AddressScope[] = ["network", "containers", "machine"];
  const all = Object.entries(interfaces).flatMap(([on, infos]) =>
    (infos ?? [])
      .filter(({ address }) => !linkLocal.test(address))
      .map(({ address, internal }) => ({ on, address, within: scopeOf(on, address, internal) })),
  );
  return all.sort((a, b) => order.indexOf(a.within) - order.indexOf(b.within));
}

/** The addresses by which a listener on this host can be reached. A host name counts as one address. */
export function addressesOf(
  host: string,
  interfaces: Interfaces = networkInterfaces(),
): readonly MachineAddress[] {
  const all = machineAddresses(interfaces);
  if (host === "0.0.0.0") return all.filter(({ address }) => !address.includes(":"));
  if (host === "::") return all;
  const found = all.find(({ address }) => address === host);
  return [found ?? { on: undefined, address: host, within: scopeOf(undefined, host, false) }];
}

/** A listener: its address, and whether it speaks TLS. */
export interface ListenerInfo {
  readonly host: string;
  readonly port: number;
  readonly tls: "auto" | "on" | "off";
}

/** One URL of a listener. */
export interface ListenerUrl extends MachineAddress {
  /** `ws://address:port`. */
  readonly url: string;
  /** Whether the certificate for this address names it; undefined without TLS, or if there is no certificate. */
  readonly named: boolean | undefined;
}

/** Gives the certificate (PEM) for a local address; undefined if there is none. */
export type CertificateFor = (address: string) => string | undefined;

const names = (pem: string | undefined, address: string): boolean | undefined => {
  if (pem === undefined) return undefined;
  const certificate = new X509Certificate(pem);
  const found = isIP(address) === 0 ? certificate.checkHost(address) : certificate.checkIP(address);
  return found !== undefined;
};

/** The URL of a host and port. */
export function urlOf(scheme: string, host: string, port: number): string {
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Every URL of a listener: one for each scheme and address. */
export function listenerUrls(
  listener: ListenerInfo,
  certificateFor: CertificateFor = () => undefined,
  interfaces: Interfaces = networkInterfaces(),
): readonly ListenerUrl[] {
  const schemes = { auto: ["wss", "ws"], on: ["wss"], off: ["ws"] }[listener.tls];
  return addressesOf(listener.host, interfaces).flatMap((reachable) =>
    schemes.map((scheme) => ({
      ...reachable,
      url: urlOf(scheme, reachable.address, listener.port),
      named: scheme === "wss" ? names(certificateFor(reachable.address), reachable.address) : undefined,
    })),
  );
}
