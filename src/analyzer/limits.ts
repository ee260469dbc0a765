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

/** Inflated bytes that may be ready before the inflating waits. */
export const inflateAheadBytes = 4 << 20;

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

/** Bytes of a capture that is uploaded; at most one part in `keptDiskShare` of the free disk besides. */
export const maxUploadBytes = 2 ** 31;

/** Captures that may be open besides the first one, those that are arriving included. */
export const maxUploads = 4;

/** Characters of an uploaded capture's name. */
export const maxNameLength = 200;

/** How long an upload waits for its capture to be read, so that a short one is there at once. */
export const firstReadMs = 500;

/** Streams of live events open at once, and the least time between two events of one: four a second at most. */
export const maxLiveStreams = 32;
export const liveEveryMs = 260;

/** A stream that has nothing to tell says so after this time, so that nobody takes it for dead. */
export const liveHeartbeatMs = 5000;

/** Answers for selections that are kept, and UTF-16 units of all of them. */
export const maxAnswers = 128;
export const maxAnswerSize = 64 << 20;

/** Different answers that may be asked for at once: they are made one at a time. */
export const maxWaitingAnswers = 64;

/** An answer about a live capture is given again for so many times as long as it took to make. */
export const answerRest = 10;

/** Files that may be exported at once, and rows of a text file made in one piece. */
export const maxExports = 8;
export const exportRowsAtOnce = 2000;

/** How long a file is made before packets and other requests have their turn. */
export const exportSliceMs = 20;

/** An answer that is made while it is read may stand still so long before its connection is cut. */
export const idleReaderSeconds = 60;

/** Bytes of packets in one slot of the ring between the capturing thread and the counting one. */
export const liveSlotBytes = 1 << 20;

/** Slots of that ring. What comes while all are full waits in the kernel's buffer. */
export const liveSlots = 32;

/** The kernel's buffer for a live capture. What it has no room for is dropped, and counted by the kernel. */
export const kernelBufferBytes = 64 << 20;

/** One block of that buffer without libpcap: small enough that its packets fit into the rows of a batch. */
export const ringBlockBytes = 1 << 19;

/** How long the kernel may gather packets before it hands them on, and then a batch until it is counted. */
export const kernelTimeoutMs = 25;

/** Of a batch that comes while others wait, one packet of so many is looked at for anomalies. */
export const judgedWhenBusy = 16;

/** How often what was looked at is judged at least, though packets wait. */
export const judgeEveryMs = 1000;

/** How long packets may be counted, and a capture judged at its end, without a turn for timers and requests. */
export const restEveryMs = 20;

/** A report of a running capture is made at most so often. */
export const snapshotMs = 500;

// Traffic: the tables of src/analyzer/traffic, and what recognition may cost.

/** Flows kept at once, 256 bytes each. Beyond it the least active are evicted, an eighth at a time. */
export const maxFlows = 1 << 18;

/** Hosts kept at once, 96 bytes each. */
export const maxHosts = 1 << 17;

/** Conversations kept at once, 112 bytes each. */
export const maxConversations = 1 << 18;

/** Packets that a packet more of a row is worth when it is compared by its age with other rows. */
export const evictionPacketsWorth = 64;

/** Addresses whose names are kept. Beyond it the names learnt first are forgotten. */
export const maxNamedAddresses = 1 << 15;

/** Names kept of one address. */
export const maxNamesPerAddress = 8;

/** Rows of `top` in the report's tables. */
export const maxTopRows = 100;

/** Packets with a payload of a flow that are looked at to recognise it. */
export const maxRecognitionPackets = 10;

/** Packets of a recognised flow whose names and versions are read; DNS answers always are. */
export const maxFactPackets = 4;

/** QUIC packets decrypted for their server name: this many, and one more for every so many packets. */
export const freeDecryptions = 256;
export const packetsPerDecryption = 500;

/** Bytes of a saved capture gathered before they are written. */
export const writeBufferBytes = 1 << 20;

/** Bytes of a packet's comment in a pcapng file. */
export const maxCommentBytes = 4096;

/** Packets that the store keeps for the dashboard, 63 bytes each, and rows of one of its chunks. */
export const maxStoredPackets = 2_000_000;
export const storeChunkRows = 1 << 16;

/** IP headers of tunnels and quotes that the store keeps for a row of a chunk, 24 bytes each: of all rows together. */
export const storedHeadersPerRow = 2;

/** Different addresses that the store tells apart. */
export const maxStoredAddresses = 1 << 18;

/** Bytes of packets kept on disk where the capture cannot be read again: live, inflated, through a pipe. */
export const maxKeptBytes = 1 << 30;

/** Of the free disk at most one part in so many is used for it. */
export const keptDiskShare = 4;

/** What is written, and later dropped, in one piece. */
export const keptBlockBytes = 4 << 20;

/** Blocks in memory: one is being filled, the others wait for the disk. Beyond it live packets are not kept. */
export const maxBlocksInMemory = 16;

/** Bytes that no packet owns (record headers, a filter's rejects) are kept up to so many in a row, to copy less often. */
export const maxKeptGapBytes = 64;

/** Bytes of stored packets read at once for an export. */
export const exportReadBytes = 1 << 18;

// Filters: what one may cost. Beyond a limit it is refused, with a sentence.

/** UTF-16 units of a display filter, terms in it, and how deep parentheses and negations may lie in each other. */
export const maxFilterLength = 1000;
export const maxFilterTerms = 64;
export const maxFilterDepth = 32;

/** Flows of a selection that are told apart, and pairs of addresses beside them, 64 bytes each. */
export const maxTalliedFlows = 1 << 20;

/** Selections kept: a bit for each stored packet, so 250 kB each. The one asked for longest ago goes. */
export const maxKeptSelections = 32;

/** Rows of a page where none are asked for, and the most that can be. */
export const defaultPageRows = 100;
export const maxPageRows = 1000;

/** Of a report file: the layers and bytes of packets as text. Beyond it packets have their line only. */
export const maxReportDetailChars = 4 << 20;

/** Rows of a selection that are sorted by what has to be looked up for each; beyond it the largest of them. */
export const maxLookedUpRows = 1 << 17;

/** Selections of which who spoke with whom is kept: up to 200 MB each, where each packet is a flow of its own. */
export const maxKeptTallies = 2;
