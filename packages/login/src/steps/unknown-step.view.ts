import { flowPaths } from '@portico/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { Beginning } from '../flow/begin-flow.ts';
import { submitButton } from '../parts/button.ts';
import { stepForm } from '../parts/step-form.ts';
import type { ViewContext } from './view-context.ts';

/** A step of a newer server: the hosted page, which comes with that server, knows it. */
export function draw(context: ViewContext): TemplateResult {
  const { copy } = context;
  const hostedUrl = hostedUrlOf(context.beginning);
  return stepForm(context, {
    step: 'unknown',
    title: copy.unknownTitle,
    lead: copy.unknownText,
    onSubmit: () => context.startAgain(),
    body: html`
      ${hostedUrl === undefined ? nothing : html`<a class="al-button al-second" href=${hostedUrl}>${copy.signInInstead}</a>`}
      ${submitButton({ label: copy.startAgain, name: 'start-again' })}
    `,
  });
}

/** The issuer's own page for the same request: it knows every step of its server. */
function hostedUrlOf(beginning: Beginning | undefined): string | undefined {
  const { issuer, request } = beginning ?? {};
  if (issuer === undefined || request?.request_uri === undefined) return undefined;
  const query = new URLSearchParams({ client_id: request.client_id, request_uri: request.request_uri });
  return `${issuer}${flowPaths.login}?${query.toString()}`;
}
