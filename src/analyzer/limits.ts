/**
 * Every limit of the analyzer by name. Whatever a capture can make grow stands here, and what goes beyond a
 * limit is counted or told in a warning, never lost in silence.
 */

/** Bytes of a capture held at once. Large enough that reading costs nothing, small enough for the caches. */
export const windowBytes = 1 << 20;

/** Rows of one batch. A batch ends earlier when the window has no further whole packet. */
export const batchRows = 8192;

/** The largest packet believed, as in libpcap (MAXIMUM_SNAPLEN) and Wireshark. Beyond it a file is damaged. */
export const maxPacketBytes = 262_144;

/** The largest pcapng block that is read whole. Blocks that are only skipped may be larger. */
export const maxBlockBytes = 16 << 20;

/** Compressed bytes inflated in one step: deflate grows a byte into 1,032 at most, so a step into 16 MiB. */
export const inflateStepBytes = 1 << 14;

/** Interfaces of one pcapng section. Packets of later ones count as dropped. */
export const maxInterfaces = 65_536;

/** Headers followed inside one packet: VLAN tags, extension headers, tunnels. The rest of it is payload. */
export const maxHeaders = 32;

/** Packet sizes below this are counted in one table a protocol, larger ones in a map. */
export const sizeTableRows = 65_536;

/** Different sizes beyond the table, a protocol. Further ones are counted as the largest size of the table. */
export const maxLargeSizes = 65_536;

/** Rows of the time series. Beyond it the step becomes coarser. */
export const maxSeriesRows = 100_000;

/** Link types named in the report and its warnings, one after the other as they appear. */
export const maxLinkTypes = 32;

/** Bytes of a request's body that the dashboard's routes take: a token, as JSON. */
export const maxRequestBytes = 4096;

/** Bytes of a request's body after which the server cuts the connection, whatever the route. */
export const maxUploadBytes = 65_536;
