// By which addresses a listener can be reached, and from where: the machine's interfaces against what was listened on.
// What stands between (firewalls, address translation) is not seen from here.

import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";

/** From where an address can be reached. */
export type Within =
  /** Other machines. */
  | "network"
  /** Programs on this machine alone. */
  | "machine"
  /** Containers and virtual machines on this machine. */
  | "containers";

/** One address of this machine. */
export interface MachineAddress {
  /** The interface's name; undefined where the address is none of this machine's interfaces. */
  readonly on: string | undefined;
  readonly address: string;
  readonly within: Within;
}

/** The interfaces of a machine, as Node tells them. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

const bridges = /^(?:docker|br-|veth|virbr|cni|flannel|podman|lxc|lxdbr|vmnet|vboxnet)/i;
const loopback = /^(?:127\.|::1$|::ffff:127\.|localhost$)/i;
/** Addresses that hold on one cable only, and that nobody can type without naming the cable. */
const ofOneCable = /^(?:fe80:|169\.254\.)/i;

const within = (name: string | undefined, address: string, internal: boolean): Within => {
  if (internal || loopback.test(address)) return "machine";
  return name !== undefined && bridges.test(name) ? "containers" : "network";
};

/** All addresses of the machine, those that other machines reach first. */
export function machineAddresses(interfaces: Interfaces = networkInterfaces()): readonly MachineAddress[] {
  const order: readonly Within[] = ["network", "containers", "machine"];
  const all = Object.entries(interfaces).flatMap(([on, infos]) =>
    (infos ?? [])
      .filter(({ address }) => !ofOneCable.test(address))
      .map(({ address, internal }) => ({ on, address, within: within(on, address, internal) })),
  );
  return all.sort((a, b) => order.indexOf(a.within) - order.indexOf(b.within));
}

/** The addresses that a listener on this host can be reached by; a host's name is one address, as it was given. */
export function addressesOf(
  host: string,
  interfaces: Interfaces = networkInterfaces(),
): readonly MachineAddress[] {
  const all = machineAddresses(interfaces);
  if (host === "0.0.0.0") return all.filter(({ address }) => !address.includes(":"));
  if (host === "::") return all;
  const found = all.find(({ address }) => address === host);
  return [found ?? { on: undefined, address: host, within: within(undefined, host, false) }];
}

/** What a listener is: where it listens, and what it speaks there. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly tls: "auto" | "on" | "off";
}

/** One way into a listener. */
export interface WayIn extends MachineAddress {
  /** `ws://address:port`. */
  readonly url: string;
  /** Whether the certificate shown there names this address; undefined without TLS, and where none is known. */
  readonly named: boolean | undefined;
}

/** The certificate (PEM) that is shown on this local address; undefined where none is. */
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

/** Every way into a listener, one a scheme and address. */
export function waysIn(
  door: Door,
  certificateFor: CertificateFor = () => undefined,
  interfaces: Interfaces = networkInterfaces(),
): readonly WayIn[] {
  const schemes = { auto: ["wss", "ws"], on: ["wss"], off: ["ws"] }[door.tls];
  return addressesOf(door.host, interfaces).flatMap((place) =>
    schemes.map((scheme) => ({
      ...place,
      url: urlOf(scheme, place.address, door.port),
      named: scheme === "wss" ? names(certificateFor(place.address), place.address) : undefined,
    })),
  );
}
