import type { ServedFile } from '../files.ts';

/** What a page asks of its vendor, and what the vendor's own server answers. */
export interface VendorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** An answer of a stand-in; `undefined` is a 404, which fails the measurement. */
export interface VendorAnswer {
  readonly file: ServedFile;
  /** As the vendor's server sends it; `no-store` unless said. */
  readonly cacheControl?: string;
}

/** A small stand-in for a vendor's server, on an origin of its own as in production. */
export interface Vendor {
  /** Below `localhost`, so that it resolves to this machine (RFC 6761, section 6.3). */
  readonly hostname: string;
  /** The beginning of an address that the widget has built in, to be answered by this stand-in; without its scheme. */
  readonly standsFor?: string;
  answer(request: VendorRequest): VendorAnswer | undefined;
}
