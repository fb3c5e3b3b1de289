import { readStepUpChallenge } from '@portico/contract';
import type { FlowSettings } from './flow-settings.ts';

/** What an API asks for, as if the page had said it by attributes. Fetched only where a page has a challenge. */
export function withChallenge(settings: FlowSettings, challenge: string): FlowSettings {
  const { acrValues, maxAge } = readStepUpChallenge(challenge) ?? {};
  return { ...settings, acrValues, maxAge };
}
