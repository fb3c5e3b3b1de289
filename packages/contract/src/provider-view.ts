/** Whose sign a widget may draw beside a provider's name. */
export type ProviderBrand = 'google' | 'apple' | 'microsoft' | 'github' | 'facebook' | 'line' | 'tiktok' | 'linkedin';

/** A provider as it is shown. */
export interface ProviderView {
  /** Names it in `choose-method` and in paths. */
  readonly id: string;
  readonly name: string;
  readonly brand?: ProviderBrand;
}
