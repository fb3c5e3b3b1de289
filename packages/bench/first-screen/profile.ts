/**
 * The device and the network that a first screen is measured on.
 *
 * Lighthouse's "Slow 4G" (`mobileSlow4G` in its `core/config/constants.js`, explained in its `docs/throttling.md`): 1.6 Mbit/s
 * down, 750 kbit/s up, 150 ms round trip, a processor four times slower. About the slowest quarter of 4G connections.
 */
export interface Profile {
  readonly name: string;
  /** Milliseconds from a request to its answer's first byte, at the least. */
  readonly latency: number;
  /** Bytes a second. */
  readonly download: number;
  /** Bytes a second. */
  readonly upload: number;
  /** How many times slower the processor is. */
  readonly cpuSlowdown: number;
}

const kilobit = 1024 / 8;

/**
 * The figures as they are: a round trip a request. Connections cost nothing, so a vendor's further origins are cheaper here than
 * they are on a phone.
 */
export const slow4g: Profile = { name: 'slow 4G', latency: 150, download: 1.6 * 1024 * kilobit, upload: 750 * kilobit, cpuSlowdown: 4 };

/**
 * The same network as Lighthouse hands it to this very mechanism (`requestLatencyMs`, `DEVTOOLS_RTT_ADJUSTMENT_FACTOR`): since the
 * browser delays requests and not packets, the latency stands for the connection's round trips too.
 */
export const slow4gAdjusted: Profile = {
  name: 'slow 4G, adjusted for requests',
  latency: 150 * 3.75,
  download: 1.6 * 1024 * kilobit * 0.9,
  upload: 750 * kilobit * 0.9,
  cpuSlowdown: 4,
};
