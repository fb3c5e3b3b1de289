import type { InFlow } from './flow-view.ts';

/** What an app may ask people of themselves: claims of OpenID Connect Core, section 5.1, under the claims' own names. */
export const profileFieldNames = ['name', 'given_name', 'family_name'] as const;
/** One of those fields. */
export type ProfileFieldName = (typeof profileFieldNames)[number];

/** A field that an app asks for. */
export interface ProfileFieldView {
  readonly name: ProfileFieldName;
  readonly is_required: boolean;
}

/**
 * The person says who they are: somebody new, or somebody who lacks what the app requires by now. They are proved already,
 * and go on with `submit-profile` or, if `may_skip`, with `skip {}`; there is no way back from here.
 *
 * What cannot be taken is answered with a problem `profile_refused` (422) that carries this step again, with every field at
 * fault in `errors`: `field_missing`, `field_too_long` (more than 64 characters), `field_invalid`, or `field_unknown` where
 * the app does not ask for it. Nothing is stored then; keep what was typed.
 */
export interface CompleteProfileView extends InFlow {
  readonly step: 'complete-profile';
  /** In the order in which they are asked. `value` is what is known already, such as from a provider. */
  readonly fields: readonly (ProfileFieldView & { readonly value?: string })[];
  readonly may_skip: boolean;
}
