/** What a payload tells about its flow and about hosts, beyond its protocol. */
export interface Facts {
  /** Whom or what the flow is about: the server name, the host, the name asked for, the client's host name. */
  name?: string;
  /** How: version, method and status, application protocol, banner. */
  detail?: string;
  /** Names of addresses that the payload tells. */
  hosts?: HostName[];
}

export interface HostName {
  /** 4 or 16 bytes. */
  address: Uint8Array;
  name: string;
}
